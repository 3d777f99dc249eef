import { cn } from '@chairside/ui'
import { Lock } from 'lucide-react'
import { useTranslations } from 'use-intl'

/** A patient's number, or a lock where their record is not for whoever looks. */
export function RegisterNumber({ of, className }: { of: { register_number: string }; className?: string }) {
  const t = useTranslations('patients')
  if (!of.register_number)
    return <Lock role="img" aria-label={t('restricted')} className={cn('inline size-3.5 shrink-0 self-center', className)} />
  return <bdi className={className}>#{of.register_number}</bdi>
}
