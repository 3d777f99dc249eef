import { describe, expect, it } from 'vitest'
import routes from '../routes.gen.ts?raw'
import { mayVisit, neededFor } from './needs'

describe('what a screen needs of a role', () => {
  it('is known of the screen or of what it is a part of', () => {
    expect(neededFor('/c/$clinic/patients/')).toEqual(['patients.read'])
    expect(neededFor('/c/$clinic/patients/new')).toEqual(['patients.register'])
    expect(neededFor('/c/$clinic/patients/$patient/invoices/$invoice')).toEqual(['billing.read'])
    expect(neededFor('/c/$clinic/admin/hours')).toEqual(['clinic.read'])
    expect(neededFor('/c/$clinic/import/$import')).toEqual(['imports.run'])
    expect(neededFor('/login')).toBeUndefined()
    expect(mayVisit('/c/$clinic/billing', ['clinic.read'])).toBe(false)
    expect(mayVisit('/c/$clinic/billing', ['billing.read'])).toBe(true)
  })

  it('may be any of several', () => {
    for (const one of ['reports.day', 'reports.read']) expect(mayVisit('/c/$clinic/day', ['clinic.read', one])).toBe(true)
    expect(mayVisit('/c/$clinic/day', ['clinic.read', 'billing.read'])).toBe(false)
    for (const one of ['members.read', 'security.write', 'service_accounts.read'])
      expect(mayVisit('/c/$clinic/admin/security', [one])).toBe(true)
    expect(mayVisit('/c/$clinic/admin/staff', ['security.write', 'service_accounts.read'])).toBe(false)
    expect(neededFor('/c/$clinic/day')?.[0]).toBe('reports.day')
  })

  it('is known of every screen of a clinic', () => {
    const paths = [...new Set(routes.match(/'\/c\/\$clinic\/[^']+'/g))].map(path => path.slice(1, -1).replace(/_(?=\/)/, ''))
    expect(paths.length).toBeGreaterThan(10)
    const everybodys = ['account', 'account/security', 'account/sessions', 'preferences'].map(path => `/c/$clinic/${path}`)
    expect([...new Set(paths.filter(path => !neededFor(path)))].sort()).toEqual(everybodys)
  })
})
