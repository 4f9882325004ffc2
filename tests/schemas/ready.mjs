// node ready.mjs PROGRAM ROOT: what is ready to use in CI, as far as it can be run here. The steps
// of the GitHub action and of the GitLab template, and the entries of the pre-commit hooks, are
// taken out of their files and run in a fresh clone of a small repository, with a good policy and
// with bad ones.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parse } from 'yaml'

const [, , program, root] = process.argv
const temporary = mkdtempSync(path.join(tmpdir(), 'rolecall-ready-'))
process.on('exit', () => rmSync(temporary, { recursive: true, force: true }))

let passed = 0
const failures = []
function check(ok, what) {
  if (ok) passed += 1
  else failures.push(what)
}

const surroundings = {
  PATH: `${path.dirname(program)}:${process.env.PATH}`, HOME: temporary, NO_COLOR: '1',
  GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@shop.example', GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@shop.example', GIT_CONFIG_NOSYSTEM: '1',
}

function run(command, words, folder, more = {}) {
  const done = spawnSync(command, words, {
    cwd: folder, encoding: 'utf8', env: { ...surroundings, ...more },
  })
  return { code: done.status, out: done.stdout, err: done.stderr }
}

function git(folder, ...words) {
  const done = run('git', words, folder)
  if (done.code !== 0) throw new Error(`git ${words.join(' ')}: ${done.err}`)
  return done.out.trim()
}

// ---- A small repository, and clones of it -------------------------------------------------------

const good = `rolecall: 1
policy: {name: Shop, owner: ada@shop.example}
categories:
  contact: {about: Name and address, level: confidential}
  payment: {about: Bank details, level: restricted, laws: PCI DSS}
roles:
  support:
    may: {contact: [view, modify]}
  billing:
    may: {payment: [view, store]}
exercises:
  a-customer-calls: {as: support, can: {contact: view}, cannot: {contact: delete}}
`
const changes = {
  good: (text) => text,
  broken: (text) => text.replace('modify]', 'modfy]'),
  warned: (text) => text.replace('  billing:', '  idle: Does nothing\n  billing:'),
  closed: (text) => text.replace('{contact: [view, modify]}', '{contact: modify}'),
  gains: (text) => text.replace('may: {contact:', 'may: {payment: view, contact:'),
}

const origin = path.join(temporary, 'origin')
mkdirSync(path.join(origin, 'policies'), { recursive: true })
git(origin, 'init', '--quiet', '--initial-branch=main')
writeFileSync(path.join(origin, 'policies/shop.yaml'), good)
git(origin, 'add', '.')
git(origin, 'commit', '--quiet', '-m', 'A policy')
const base = git(origin, 'rev-parse', 'HEAD')

let clones = 0
function clone(change) {
  const folder = path.join(temporary, `clone-${++clones}`)
  git(temporary, 'clone', '--quiet', origin, folder)
  writeFileSync(path.join(folder, 'policies/shop.yaml'), changes[change](good))
  return folder
}

// ---- The GitHub action ------------------------------------------------------------------------

const action = parse(readFileSync(path.join(root, '.github/actions/validate/action.yml'), 'utf8'))

// `${{ inputs.x }}`, and the two other expressions that the action uses.
function evaluated(text, inputs, folder) {
  return String(text).replace(/\$\{\{\s*(.*?)\s*\}\}/g, (whole, expression) => {
    if (expression === 'github.workspace') return folder
    const input = /^inputs\.([a-z-]+)$/.exec(expression)
    if (!input || !(input[1] in action.inputs)) throw new Error(`what is ${whole}?`)
    return inputs[input[1]]
  })
}

function isOn(step, inputs, failed) {
  if (!step.if) return !failed
  const condition = /^\$\{\{ (always\(\) && )?inputs\.([a-z-]+) != '' \}\}$/.exec(step.if)
  if (!condition) throw new Error(`what is ${step.if}?`)
  return (condition[1] || !failed) && inputs[condition[2]] !== ''
}

function runAction(change, given) {
  const folder = clone(change)
  const inputs = Object.fromEntries(
    Object.entries(action.inputs).map(([name, input]) => [name, input.default ?? '']))
  Object.assign(inputs, given)
  const summary = path.join(folder, 'summary.md')
  const result = { code: 0, out: '', uploaded: undefined, folder }
  for (const step of action.runs.steps) {
    if (!isOn(step, inputs, result.code !== 0)) continue
    if (step.uses) {
      result.uploaded = evaluated(step.with.sarif_file, inputs, folder)
      continue
    }
    const env = Object.fromEntries(
      Object.entries(step.env ?? {}).map(([name, text]) => [name, evaluated(text, inputs, folder)]))
    check(step.shell === 'bash', `step ${step.name} has no shell`)
    check(!/\$\{\{/.test(step.run), `step ${step.name} puts an expression into its script`)
    const done = run('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', step.run], folder,
      { ...env, GITHUB_STEP_SUMMARY: summary })
    result.out += done.out + done.err
    if (done.code !== 0 && result.code === 0) result.code = done.code
  }
  result.summary = existsSync(summary) ? readFileSync(summary, 'utf8') : ''
  return result
}

const told = (done) => `${done.code}: ${done.out}${done.err ?? ''} ${done.summary ?? ''}`
const policies = 'policies/shop.yaml'

let done = runAction('good', { policies })
check(done.code === 0 && /fine/.test(done.out), `the action fails on a good policy: ${told(done)}`)

done = runAction('broken', { policies, sarif: 'rolecall.sarif', 'diff-against': base })
check(done.code === 3, `the action takes a broken policy: ${told(done)}`)
check(/^::error file=policies\/shop\.yaml,line=8,/m.test(done.out), `no mark at the line: ${told(done)}`)
check(done.uploaded === 'rolecall.sarif', 'SARIF is not uploaded after a failure')
const sarif = JSON.parse(readFileSync(path.join(done.folder, 'rolecall.sarif'), 'utf8'))
check(sarif.version === '2.1.0' && sarif.runs[0].results.some((one) => one.ruleId === 'unknown-action'),
  'the SARIF file does not have the problem')
check(done.summary === '', 'a broken policy is compared')

done = runAction('warned', { policies })
check(done.code === 0 && /::warning /.test(done.out), `warnings fail without strict: ${told(done)}`)
done = runAction('warned', { policies, strict: 'true' })
check(done.code === 1, `warnings do not fail with strict: ${told(done)}`)

done = runAction('closed', { policies })
check(done.code === 1 && /a-customer-calls/.test(done.out), `an exercise that fails is not told: ${told(done)}`)
done = runAction('good', { policies, 'notice-percent': '100' })
check(done.code === 1, `too few exercises do not fail: ${told(done)}`)

const known = clone('warned')
run('rolecall', ['validate', policies, '--write-baseline', 'known.json'], known)
writeFileSync(path.join(origin, 'known.json'), readFileSync(path.join(known, 'known.json')))
git(origin, 'add', '.')
git(origin, 'commit', '--quiet', '-m', 'What is known')
done = runAction('warned', { policies, strict: 'true', baseline: 'known.json' })
check(done.code === 0, `what the baseline knows fails: ${told(done)}`)

done = runAction('gains', { policies, 'diff-against': base })
check(done.code === 0 && /support/.test(done.summary) && /payment/.test(done.summary),
  `the summary does not tell who gains what: ${told(done)}`)
done = runAction('gains', { policies, 'diff-against': base, 'fail-on': 'gains-at restricted' })
check(done.code === 1, `a gain at the strictest level does not fail: ${told(done)}`)
done = runAction('good', { policies: `${policies}\n`, 'diff-against': base, 'fail-on': 'any' })
check(done.code === 0, `no difference fails: ${told(done)}`)
done = runAction('good', { policies, 'diff-against': 'no-such-revision' })
check(done.code === 2 && /fetch-depth/.test(done.out), `a missing revision is not told: ${told(done)}`)

// ---- The GitLab template ------------------------------------------------------------------------

const template = parse(readFileSync(path.join(root, 'docs/templates/rolecall.gitlab-ci.yml'), 'utf8'))

function runJob(name, change, given = {}) {
  const folder = clone(change)
  const job = template[name]
  const env = { ...template.variables, ...job.variables, CI_MERGE_REQUEST_DIFF_BASE_SHA: base, ...given }
  const result = run('sh', ['-e', '-c', job.script.join('\n')], folder, env)
  return { ...result, folder, job }
}

for (const [change, code] of [['good', 0], ['broken', 3], ['warned', 0]]) {
  const ran = runJob('rolecall-validate', change)
  check(ran.code === code, `GitLab's job ends with ${told(ran)}`)
  const { codequality, junit } = ran.job.artifacts.reports
  const problems = JSON.parse(readFileSync(path.join(ran.folder, codequality), 'utf8'))
  check(Array.isArray(problems) && (change === 'good') === (problems.length === 0),
    `the code quality report of the ${change} policy is not what it should be`)
  check(/<testsuite/.test(readFileSync(path.join(ran.folder, junit), 'utf8')), 'no JUnit report')
}
let job = runJob('rolecall-validate', 'warned', { ROLECALL_OPTIONS: '--strict' })
check(job.code === 1, `GitLab's job ignores --strict: ${told(job)}`)
for (const [change, options, code] of [['good', '', 0], ['closed', '', 1], ['good', '--mutate --fail-under 100', 1]]) {
  job = runJob('rolecall-test', change, { ROLECALL_TEST_OPTIONS: options })
  check(job.code === code, `GitLab's job for exercises ends with ${told(job)}`)
  check(/<testsuite/.test(readFileSync(path.join(job.folder, job.job.artifacts.reports.junit), 'utf8')),
    'no JUnit report of exercises')
}
job = runJob('rolecall-diff', 'gains', { ROLECALL_FAIL_ON: 'gains' })
check(job.code === 1 && /payment/.test(readFileSync(path.join(job.folder, job.job.artifacts.paths[0]), 'utf8')),
  `GitLab's job does not show the difference: ${told(job)}`)
job = runJob('rolecall-diff', 'gains')
check(job.code === 0, `GitLab's job fails on a difference unasked: ${told(job)}`)

// ---- The hooks of pre-commit --------------------------------------------------------------------

const hooks = parse(readFileSync(path.join(root, '.pre-commit-hooks.yaml'), 'utf8'))

function runHook(id, change, args) {
  const hook = hooks.find((one) => one.id === id)
  check(hook.language === 'system' && hook.pass_filenames === false && new RegExp(hook.files).test(policies),
    `the hook ${id} does not run when a policy changes`)
  const [command, ...words] = hook.entry.split(' ')
  const folder = clone(change)
  return { ...run(command, [...words, ...args], folder), folder }
}

check(runHook('rolecall-validate', 'good', [policies]).code === 0, 'the hook refuses a good policy')
check(runHook('rolecall-validate', 'broken', [policies]).code === 3, 'the hook takes a broken policy')
check(runHook('rolecall-validate', 'warned', [policies, '--strict']).code === 1, 'the hook is not strict')
check(runHook('rolecall-test', 'good', [policies]).code === 0, 'the hook for exercises fails on a good policy')
check(runHook('rolecall-test', 'closed', [policies]).code === 1, 'the hook takes an exercise that fails')
const written = runHook('rolecall-schema', 'good', ['--for', policies, '--output', 'shop.schema.json'])
check(written.code === 0 && JSON.parse(readFileSync(path.join(written.folder, 'shop.schema.json'), 'utf8'))
  .definitions.role.anyOf.length === 2, `the hook writes no schema: ${told(written)}`)

// ---- The end ------------------------------------------------------------------------------------

for (const failure of failures) console.log(`- ${failure}`)
console.log(`${passed} passed, ${failures.length} failed`)
process.exitCode = failures.length > 0 ? 1 : 0
