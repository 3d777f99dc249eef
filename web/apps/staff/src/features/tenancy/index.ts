export { ClinicScreen } from './clinic-screen'
export { membersQuery } from './members'
export { SignupScreen } from './signup-screen'
