import type { DayVisit, Service } from '@chairside/api'
import { useState } from 'react'
import { useWriting } from '@/lib/clinic'
import { readAmount, writeAmount } from '@/lib/money'

/** One thing that was done, as it is being typed. */
export type DoneLine = { key: string; service: Service; quantity: string; price: string; reason: string }

/** What a visit was booked for is what was done, until somebody says otherwise. */
export function useDone(visit: DayVisit, services: Service[]) {
  const { currency, format } = useWriting()
  const lineOf = (service: Service, quantity = 1): DoneLine => ({
    key: crypto.randomUUID(),
    service,
    quantity: String(quantity),
    price: writeAmount(service.price, format),
    reason: '',
  })
  const [lines, setLines] = useState(() => {
    const booked = visit.items.length || !visit.service_id ? visit.items : [{ service_id: visit.service_id, quantity: 1 }]
    return booked.flatMap(({ service_id, quantity }) => {
      const service = services.find(one => one.id === service_id)
      return service ? [lineOf(service, quantity)] : []
    })
  })
  const read = (line: DoneLine) => {
    const count = /^\d{1,3}$/.test(line.quantity.trim()) ? Number(line.quantity) : 0
    const price = readAmount(line.price, currency)
    return { count, price, differs: price !== undefined && price !== line.service.price.amount }
  }
  return {
    lines,
    read,
    add: (service: Service) => setLines(now => [...now, lineOf(service)]),
    remove: (key: string) => setLines(now => now.filter(line => line.key !== key)),
    set: (key: string, change: Partial<DoneLine>) =>
      setLines(now => now.map(line => (line.key === key ? { ...line, ...change } : line))),
    sum: lines.reduce((sum, line) => sum + read(line).count * (read(line).price ?? 0), 0),
    body: () => ({
      items: lines.map(line => {
        const { count, price, differs } = read(line)
        return {
          service_id: line.service.id,
          quantity: count,
          ...(differs ? { price: { amount: price ?? 0, currency }, price_reason: line.reason.trim() } : {}),
        }
      }),
    }),
  }
}
export type Done = ReturnType<typeof useDone>
