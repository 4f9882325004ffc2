// What tests/schemas validates: the policies of this project, those of its documentation, and the
// golden cases of tests/policies with what rolecall says about each.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'

/** The files below a folder, sorted. */
export function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const at = path.join(folder, entry.name)
      return entry.isDirectory() ? filesBelow(at) : [at]
    })
    .sort()
}

/** Fenced blocks of a page: {info, text, line, heading}. */
export function fencedBlocks(page) {
  const blocks = []
  let open
  let heading = ''
  readFileSync(page, 'utf8')
    .split('\n')
    .forEach((line, i) => {
      if (open && line === '```') {
        blocks.push(open)
        open = undefined
      } else if (open) {
        open.text += line + '\n'
      } else if (line.startsWith('```')) {
        open = { info: line.slice(3), text: '', line: i + 1, heading }
      } else if (line.startsWith('## ')) {
        heading = line.slice(3)
      }
    })
  return blocks
}

/** Every policy file that is valid, and all settings beside policies: {name, text}. */
export function validFiles(root) {
  const all = filesBelow(path.join(root, 'policies'))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => ({ name: path.relative(root, file), text: readFileSync(file, 'utf8') }))
  const pages = ['README.md', ...['docs', 'policies'].flatMap((folder) =>
    filesBelow(path.join(root, folder)).map((file) => path.relative(root, file)))]
    .filter((page) => page.endsWith('.md'))
  const blocks = pages.flatMap((page) => fencedBlocks(path.join(root, page))
    .filter(({ info, text, heading }) => {
      const kind = info.split(' ')
      return kind[0] === 'yaml' && kind[1] !== 'part' && !info.includes('times') &&
        !info.includes('escaped') && /^rolecall: 1$/m.test(text) &&
        !['Wrong', 'Message'].includes(heading)
    })
    .map(({ text, line }) => ({ name: `${page}:${line}`, text })))
  return {
    samples: all.filter(({ text }) => !isSettings(text) && !isRecord(text)),
    blocks: blocks.filter(({ text }) => !isSettings(text) && !isRecord(text)),
    settings: [...all, ...blocks].filter(({ text }) => isSettings(text)),
  }
}

// Settings, and records of exercises, begin like a policy, and are none.
const isSettings = (text) => /^(lint|vendor-words):/m.test(text)
const isRecord = (text) => /^held:/m.test(text)

/** The findings of a golden case, as its expected.txt has them. */
function findings(text) {
  return [...text.matchAll(/^(\S+?):(\d+):(\d+): (error|warning|note): (.*) \[([a-z0-9-]+)\]$/gm)]
    .map(([, file, line, column, , message, code]) =>
      ({ file, line: Number(line), column: Number(column), message, code }))
}

/** Every golden case that is a policy: {name, code, files: [{path, text}], findings}. */
export function goldenCases(root) {
  const folder = path.join(root, 'tests/policies')
  return filesBelow(folder)
    .filter((file) => path.basename(file) === 'expected.txt')
    .map((expected) => {
      const where = path.dirname(expected)
      const name = path.relative(folder, where)
      const commands = path.join(where, 'commands.txt')
      const command = existsSync(commands) ? readFileSync(commands, 'utf8') : ''
      const files = filesBelow(where)
        .filter((file) => file.endsWith('.yaml') && statSync(file).size < 1 << 20)
        .map((file) => {
          const relative = path.relative(where, file)
          return { path: relative, text: repeated(readFileSync(file, 'utf8'), relative, command) }
        })
      return {
        name, files, code: name.split(path.sep)[0],
        findings: findings(readFileSync(expected, 'utf8')),
      }
    })
}

// `repeat 65 policy.yaml` turns each line with `{n}` into 65.
function repeated(text, file, commands) {
  const [, count] = commands.match(new RegExp(`^repeat (\\d+) ${file}$`, 'm')) ?? []
  if (!count) return text
  return text.split('\n').map((line) => !line.includes('{n}') ? line
    : Array.from({ length: Number(count) }, (_, i) => line.replaceAll('{n}', i + 1)).join('\n'))
    .join('\n')
}
