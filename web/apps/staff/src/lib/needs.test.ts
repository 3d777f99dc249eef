import { describe, expect, it } from 'vitest'
import routes from '../routes.gen.ts?raw'
import { mayVisit, neededFor } from './needs'

describe('what a screen needs of a role', () => {
  it('is known of the screen or of what it is a part of', () => {
    expect(neededFor('/c/$clinic/patients/')).toBe('patients.read')
    expect(neededFor('/c/$clinic/patients/new')).toBe('patients.register')
    expect(neededFor('/c/$clinic/patients/$patient/invoices/$invoice')).toBe('billing.read')
    expect(neededFor('/c/$clinic/admin/hours')).toBe('clinic.read')
    expect(neededFor('/c/$clinic/import/$import')).toBe('imports.run')
    expect(neededFor('/login')).toBeUndefined()
    expect(mayVisit('/c/$clinic/billing', ['clinic.read'])).toBe(false)
    expect(mayVisit('/c/$clinic/billing', ['billing.read'])).toBe(true)
  })

  it('is known of every screen of a clinic', () => {
    const paths = [...new Set(routes.match(/'\/c\/\$clinic\/[^']+'/g))].map(path => path.slice(1, -1).replace(/_(?=\/)/, ''))
    expect(paths.length).toBeGreaterThan(10)
    const everybodys = ['/c/$clinic/account', '/c/$clinic/preferences']
    expect(paths.filter(path => !neededFor(path))).toEqual(everybodys)
  })
})
