// Hands the search its index and its worker, on a page that was opened from a disk.
window.__search = {
  index: Promise.resolve(window.__offline.index),
  worker: URL.createObjectURL(new Blob([window.__offline.worker], { type: "text/javascript" })),
}
