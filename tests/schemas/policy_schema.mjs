// node policy_schema.mjs PROGRAM ROOT: the JSON Schema of the policy format, held against files.
//
// - It is a schema: ajv takes it in its strict mode.
// - It refuses no file that rolecall accepts: the sample policies, and all of the documentation.
// - It finds what a schema can find: in each golden case, each problem of the codes below, at its
//   place; what it can't find stands in `exceptions`, with the reason.
// - `rolecall schema --for POLICY` finds names that the policy does not declare.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Ajv from 'ajv'
import addFormats from 'ajv-formats'
import { LineCounter, isMap, isSeq, parseDocument, stringify } from 'yaml'
import { goldenCases, validFiles } from './policy_files.mjs'

const [, , program, root] = process.argv

// ---- What a schema can find ---------------------------------------------------------------

const ofTheFormat = [
  'unknown-key', 'missing-key', 'wrong-shape', 'invalid-name', 'reserved-name', 'empty-value',
  'invalid-value', 'invalid-date', 'bare-condition-list', 'repeated-name', 'overlapping-rights',
  'separation-count', 'missing-version', 'unsupported-version', 'null-value', 'too-many-names',
  'invalid-user-id', 'hidden-character', 'control-character', 'duplicate-definition',
]
const ofAPolicy = [
  'unknown-role', 'unknown-category', 'unknown-action', 'unknown-fact', 'unknown-level',
  'unknown-user', 'nothing-below',
]

const ofSettings = ['unknown-code', 'fixed-severity']

// Golden case, or one finding of it as `case file:line:column`, to the reason.
const exceptions = new Map(Object.entries(JSON.parse(
  readFileSync(new URL('schema_exceptions.json', import.meta.url), 'utf8'))))

// ---- Running ------------------------------------------------------------------------------

let passed = 0
const failures = []
function check(ok, what) {
  if (ok) passed += 1
  else failures.push(what)
}

const rolecall = (...words) => execFileSync(program, words, { encoding: 'utf8' })

function validator(schemaText) {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true })
  addFormats(ajv)
  return ajv.compile(JSON.parse(schemaText))
}

// As editors read YAML (1.2: `2027-03-31` and `yes` are text, `1` is a number), and as rolecall
// does: everything is text.
function read(text, schema) {
  const lines = new LineCounter()
  const document = parseDocument(text, {
    schema, lineCounter: lines, uniqueKeys: false, version: '1.2', logLevel: 'silent',
  })
  return { document, lines }
}

function errorsOf(validate, text, schema = 'core') {
  const { document } = read(text, schema)
  const ofYaml = document.errors.map(({ pos, message }) => ({ pos, message }))
  return validate(document.toJS() ?? null) ? ofYaml : [...ofYaml, ...validate.errors]
}

const told = (errors) => errors.map((e) =>
  `${e.instancePath ?? 'YAML:'} ${e.message} ${JSON.stringify(e.params ?? {})}`).join('; ')

// Where an error points: from the key or the item that it names to the end of its value. An error
// about a key that should not be there, or about its name, points to that key.
function rangeOf(document, error) {
  if (error.pos) return error.pos
  const named = error.params?.additionalProperty ?? error.params?.propertyName ?? error.propertyName
  const steps = error.instancePath.split('/').slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  if (named !== undefined) steps.push(named)
  let node = document.contents
  let range = node?.range ?? [0, 0, 0]
  for (const step of steps) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => String(key?.value ?? '') === step)
      if (!pair) return range
      node = pair.value
      const start = pair.key?.range?.[0] ?? range[0]
      range = [start, Math.max(node?.range?.[2] ?? 0, pair.key?.range?.[2] ?? 0)]
    } else if (isSeq(node)) {
      node = node.items[Number(step)]
      range = node?.range ? [node.range[0], node.range[2]] : range
    }
  }
  return range
}

// Whether an error of the schema points at a finding, more exactly than "somewhere in this file".
function pointsAt(error, finding, document, lines, text) {
  const range = rangeOf(document, error)
  const start = lines.lineStarts[finding.line - 1] ?? text.length
  const at = start + [...text.slice(start)].slice(0, finding.column - 1).join('').length
  if (error.instancePath === '' && error.keyword === 'type') return true
  const wholeFile = error.instancePath === '' &&
    range[0] === document.contents?.range?.[0] && finding.code !== 'missing-version'
  return !wholeFile && at >= range[0] && at <= Math.max(range[1], range[0])
}

// ---- The files ----------------------------------------------------------------------------

const format = readFileSync(path.join(root, 'policies/rolecall.schema.json'), 'utf8')
const validate = validator(format)
check(format === rolecall('schema'), 'policies/rolecall.schema.json is not what `rolecall schema` prints')

const { samples, blocks, settings } = validFiles(root)
for (const file of [...samples, ...blocks])
  for (const schema of ['core', 'failsafe']) {
    const errors = errorsOf(validate, file.text, schema)
    check(errors.length === 0, `${file.name} (${schema}) is refused: ${told(errors)}`)
  }
check(samples.length > 20 && blocks.length > 60, 'few policies were found to be validated')

// Settings, and mistakes in them.
const settingsText = readFileSync(path.join(root, 'policies/rolecall-settings.schema.json'), 'utf8')
const validateSettings = validator(settingsText)
check(settingsText === rolecall('schema', '--settings'),
  'policies/rolecall-settings.schema.json is not what `rolecall schema --settings` prints')
for (const file of settings)
  for (const schema of ['core', 'failsafe']) {
    const errors = errorsOf(validateSettings, file.text, schema)
    check(errors.length === 0, `${file.name} (${schema}) is refused: ${told(errors)}`)
  }
check(settings.length > 2, 'few settings were found to be validated')
for (const mistake of [
  'lint: {roles-alike: off}', 'lint: {roles-alike: {severity: off}}', 'lint: {roles-alike: mild}',
  'lint: {unknown-role: warning}', 'lint: {rolesalike: note}', 'lint: {}', 'lint: note',
  'lint: {roles-alike: {because: Of that}}', 'lint: {roles-alike: {severity: note, names: []}}',
  'lint: {roles-alike: {severity: note, name: a}}', 'vendor-words: []', 'vendor-words: [a, a]',
  'roles: {a: A}', 'vendor-words: ~', 'lint: {roles-alike: [note]}', 'lint: {roles-alike: []}',
])
  check(errorsOf(validateSettings, `rolecall: 1\n${mistake}\n`).length > 0,
    `the schema of settings takes \`${mistake}\``)
check(errorsOf(validateSettings, 'lint: {roles-alike: note}\n').length > 0,
  'the schema of settings takes a file without its version')

// Guarantees and exercises: what stands with what.
const section = (words) => `rolecall: 1\n${words}\n`
for (const taken of [
  'guarantees: {g: {never: any}}',
  'guarantees: {g: {roles: a, alone: yes, never: [view, share], categories: a.b, level: [x, y], because: A}}',
  'guarantees: {g: {only: [a], may: any, only-if: b, unless: [c, d]}}',
  'guarantees: {g: {roles: [a, b], may: view, only-if: {any-of: [{if: c}, {if-all: [d, e]}]}}}',
  'guarantees: {g: {never-both: [{may: view}, {may: [any], level: x}], because: A}}',
  'guarantees: {g: {roles: a, unless: b, keeps: {a: all, a.*: {view: {if: c}, modify: always}}}}',
  'exercises: {e: {as: a, exactly: nothing}}',
  'exercises: {e: {as: [a, b], can: {a: [all, share], a.*: any}, cannot: {b: {any: not-granted}}}}',
  'exercises: {e: {as: {user: 7, roles: a}, exactly: {a: view}, cannot: {b: [view], c: {all: unmet}}}}',
  'exercises: {e: {as: {user: dana}, given: {facts: {a: yes, b: no, c: unknown}, date: 2027-03-31, ' +
    'compromised: yes, lost: [a]}, cannot: {a: all}}}',
  'policy: {name: A, exercise-every: 90 days}',
])
  for (const schema of ['core', 'failsafe']) {
    const errors = errorsOf(validate, section(taken), schema)
    check(errors.length === 0, `\`${taken}\` (${schema}) is refused: ${told(errors)}`)
  }
for (const mistake of [
  'guarantees: {g: {}}', 'guarantees: {g: {roles: a}}', 'guarantees: {g: {may: view}}',
  'guarantees: {g: {never: [any, view]}}', 'guarantees: {g: {never: all}}',
  'guarantees: {g: {never: view, may: view, only: a}}', 'guarantees: {g: {never: view, unless: a}}',
  'guarantees: {g: {roles: a, only: b, may: view}}', 'guarantees: {g: {alone: yes, never: view}}',
  'guarantees: {g: {keeps: {a: view}}}', 'guarantees: {g: {roles: a, keeps: {a: any}}}',
  'guarantees: {g: {roles: a, keeps: {a: view}, categories: a}}',
  'guarantees: {g: {never-both: [{may: view}]}}', 'guarantees: {g: {never: view, categories: a.*}}',
  'guarantees: {g: {never-both: [{may: view}, {may: view}], roles: a}}',
  'guarantees: {g: {never-both: [{may: view}, {categories: a}]}}',
  'exercises: {e: {as: a}}', 'exercises: {e: {can: {a: view}}}',
  'exercises: {e: {as: a, can: {a: view}, exactly: nothing}}',
  'exercises: {e: {as: a, can: {a: {view: unmet}}}}', 'exercises: {e: {as: a, cannot: {a: {view: granted}}}}',
  'exercises: {e: {as: a, can: {a: [any, view]}}}', 'exercises: {e: {as: a, can: {a: [all, view]}}}',
  'exercises: {e: {as: a, cannot: {a: {any: unmet, view: unmet}}}}',
  'exercises: {e: {as: {roles: a}, exactly: nothing}}', 'exercises: {e: {as: a, exactly: none}}',
  'exercises: {e: {as: a, given: {facts: {a: true}}, exactly: nothing}}',
  'exercises: {e: {as: a, given: {compromised: no}, exactly: nothing}}',
  'policy: {name: A, exercise-every: 06 months}', 'policy: {name: A, exercise-every: monthly}',
])
  check(errorsOf(validate, section(mistake)).length > 0, `the schema takes \`${mistake}\``)

// Each policy against the schema of its own names; none of another knows them all.
for (const policy of ['shop', 'clinic', 'webshop']) {
  const own = validator(rolecall('schema', '--for', path.join(root, 'policies', policy)))
  for (const file of samples) {
    const errors = errorsOf(own, file.text)
    if (file.name.startsWith(`policies/${policy}/`))
      check(errors.length === 0, `${file.name} is refused by its own schema: ${told(errors)}`)
    else if (/\/roles\/(billing|customer|research)\.yaml$/.test(file.name))
      check(errors.length > 0, `${file.name} is taken by the schema of ${policy}`)
  }
}

// ---- Golden cases -------------------------------------------------------------------------

const temporary = mkdtempSync(path.join(tmpdir(), 'rolecall-schema-'))
process.on('exit', () => rmSync(temporary, { recursive: true, force: true }))

// The schema of what the files of a case declare, whatever else is wrong with them.
function schemaOfDeclared(golden) {
  const all = { rolecall: 1, policy: { name: golden.name } }
  for (const file of golden.files) {
    const value = read(file.text, 'failsafe').document.toJS() ?? {}
    for (const section of ['actions', 'facts', 'categories', 'roles'])
      for (const name of Object.keys(value[section] ?? {}))
        (all[section] ??= {})[name] = `About ${name}`
    if (value.levels) all.levels = value.levels
    if (value.policy?.['other-users']) all.policy['other-users'] = 'yes'
    // Their roles may be unknown.
    for (const id of Object.keys(value.users ?? {})) (all.users ??= {})[id] = null
  }
  for (const id of Object.keys(all.users ?? {})) all.users[id] = Object.keys(all.roles ?? {})[0]
  const file = path.join(temporary, 'declared.yaml')
  writeFileSync(file, stringify(all, { defaultStringType: 'QUOTE_DOUBLE' }))
  return validator(rolecall('schema', '--for', file))
}

const used = new Set()
const counts = new Map()
for (const golden of goldenCases(root)) {
  const named = ofAPolicy.includes(golden.code)
  const set = ofSettings.includes(golden.code)
  if (!named && !set && !ofTheFormat.includes(golden.code)) continue
  if (exceptions.has(golden.name)) {
    used.add(golden.name)
    continue
  }
  const codes = named || set ? [golden.code] : ofTheFormat
  let schema
  try {
    schema = named ? schemaOfDeclared(golden) : set ? validateSettings : validate
  } catch (error) {
    check(false, `${golden.name}: no schema for what it declares: ${error.message}`)
    continue
  }
  for (const finding of golden.findings.filter(({ code }) => codes.includes(code))) {
    const id = `${golden.name} ${finding.file}:${finding.line}:${finding.column}`
    const file = golden.files.find((one) => one.path === finding.file)
    if (!file) {
      check(false, `${id}: there is no such file`)
      continue
    }
    const { document, lines } = read(file.text, 'core')
    const errors = errorsOf(schema, file.text)
    const found = errors.some((error) => pointsAt(error, finding, document, lines, file.text))
    if (exceptions.has(id)) {
      used.add(id)
      check(!found, `${id} is an exception, and yet found: take it from the list`)
    } else {
      check(found, `${id}: the schema does not find: ${finding.message} [${finding.code}]; it says: ${told(errors)}`)
      counts.set(finding.code, (counts.get(finding.code) ?? 0) + 1)
    }
  }
}
for (const id of exceptions.keys()) check(used.has(id), `the exception ${id} is of no golden case`)
for (const code of [...ofTheFormat, ...ofAPolicy, ...ofSettings])
  check(counts.has(code), `no golden case of ${code} is found by a schema`)

// ---- The end ------------------------------------------------------------------------------

for (const failure of failures) console.log(`- ${failure}`)
const found = [...counts.values()].reduce((sum, count) => sum + count, 0)
console.log(`policy schema: ${samples.length + blocks.length} valid files taken, ${found} problems ` +
  `of ${counts.size} codes found, ${exceptions.size} exceptions`)
console.log(`${passed} passed, ${failures.length} failed`)
process.exitCode = failures.length > 0 ? 1 : 0
