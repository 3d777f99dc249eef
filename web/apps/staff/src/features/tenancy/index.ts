export { deploymentQuery } from './deployment'
export { currencies, LOCALES, zones } from './guess'
export { SignupScreen } from './signup-screen'
