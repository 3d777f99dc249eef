import { Refused } from '@chairside/api'
import { notify } from '@chairside/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useSlug } from '@/lib/clinic'
import { useForm } from '@/lib/form'
import { useRefusalWords } from '@/lib/problem-words'
import { MONEY_TOUCHES } from './writes'

/** Why money was not moved, in the reader's language where we know the reason; and what has changed meanwhile is read again. */
export function useMoneyRefusal() {
  const t = useTranslations('billing.refused')
  const words = useRefusalWords()
  const clinic = useSlug()
  const client = useQueryClient()
  return (error: unknown): string | undefined => {
    if (!(error instanceof Refused)) return undefined
    const { status, code } = error.problem
    if (status === 409 || status === 412)
      for (const resource of MONEY_TOUCHES) void client.invalidateQueries({ queryKey: [clinic, resource] })
    return t.has(code as 'InvoiceIsStale') ? t(code as 'InvoiceIsStale') : words(error.problem)
  }
}

type Options = Parameters<typeof useForm>[0]

/** A form about money: a refusal of the whole is said in the dialog, which stays open with what was typed. */
export function useMoneyForm(options: Options) {
  const explain = useMoneyRefusal()
  const form = useForm({
    ...options,
    refused(refusal) {
      if (options.refused?.(refusal)) return true
      if (refusal.problem.errors?.length) return false
      form.setTrouble(explain(refusal))
      return true
    },
  })
  return form
}

/** For an act without a form. */
export function useMoneyRegret() {
  const explain = useMoneyRefusal()
  const t = useTranslations('states')
  return (error: unknown) => notify({ tone: 'danger', title: t('notSaved'), about: explain(error) ?? t('unreachable') })
}

/** `/amount/amount`, `/amount/currency` and `/amount` are one field. */
export const moneyField = ({ pointer }: { pointer: string }) => pointer.slice(1).replace(/\/(amount|currency)$/, '')
