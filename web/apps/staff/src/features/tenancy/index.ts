export { ClinicScreen } from './clinic-screen'
export { SignupScreen } from './signup-screen'
