import billing from './billing.json'
import identity from './identity.json'
import live from './live.json'
import nav from './nav.json'
import patients from './patients.json'
import problems from './problems.json'
import reports from './reports.json'
import schedule from './schedule.json'
import shell from './shell.json'
import start from './start.json'
import states from './states.json'

export default {
  billing,
  identity,
  live,
  nav,
  patients,
  problems,
  reports,
  schedule,
  shell,
  start,
  states,
}
