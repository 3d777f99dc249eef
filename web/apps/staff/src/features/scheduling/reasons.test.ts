import type { Service } from '@chairside/api'
import { describe, expect, it } from 'vitest'
import { inOrderOfUse, matching } from './reasons'

const service = (id: string, name: string, code: string | null = null) => ({ id, name, code }) as Service
const bitewing = service('b', 'Bitewing radiographs')
const crown = service('c', 'Crown preparation', 'KR2')
const hygiene = service('h', 'Hygiene visit')
const inlay = service('i', 'Inlay, înveliș')
const all = [bitewing, crown, hygiene, inlay]
const ids = (services: Service[]) => services.map(one => one.id).join('')

describe('what is proposed as the reason', () => {
  it('is what this desk books most, and of two the later', () => {
    expect(ids(inOrderOfUse(all, ['c', 'h', 'h'], []))).toBe('hcbi')
    expect(ids(inOrderOfUse(all, ['i', 'c'], []))).toBe('icbh')
  })
  it('is what the days are full of while this desk has booked nothing', () => {
    expect(ids(inOrderOfUse(all, [], [{ service_id: 'h' }, { service_id: 'h' }, { service_id: 'c' }]))).toBe('hcbi')
  })
  it('is the alphabet when nothing is known', () => {
    expect(ids(inOrderOfUse([inlay, crown, bitewing, hygiene], [], []))).toBe('bchi')
  })
})

describe('letters', () => {
  it('narrow the list, without accents, by name or code', () => {
    expect(ids(matching(all, 'hyg'))).toBe('h')
    expect(ids(matching(all, 'INVEL'))).toBe('i')
    expect(ids(matching(all, 'kr2'))).toBe('c')
    expect(ids(matching(all, 'prep cro'))).toBe('c')
    expect(ids(matching(all, 'xyz'))).toBe('')
  })
  it('mean the beginning of a word first', () => {
    expect(ids(matching([service('r', 'Review'), hygiene], 'vi'))).toBe('hr')
  })
})
