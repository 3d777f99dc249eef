import { cn } from '@chairside/ui'
import { Check } from 'lucide-react'
import { useTranslations } from 'use-intl'

const STEPS = ['file', 'check', 'bring', 'result'] as const

/** Where one is on the way. */
export function Steps({ at }: { at: number }) {
  const t = useTranslations('imports.steps')
  return (
    <ol aria-label={t('label')} className="mb-6 flex flex-wrap gap-x-6 gap-y-2 text-sm">
      {STEPS.map((step, index) => (
        <li
          key={step}
          aria-current={index === at ? 'step' : undefined}
          className={cn('flex items-center gap-2', index === at ? 'font-semibold' : 'text-muted-foreground')}
        >
          <span
            aria-hidden
            className={cn(
              'grid size-5 place-items-center rounded-full text-2xs',
              index < at
                ? 'bg-primary text-primary-foreground'
                : index === at
                  ? 'border-2 border-primary'
                  : 'border border-input',
            )}
          >
            {index < at ? <Check className="size-3" /> : index + 1}
          </span>
          {t(step)}
        </li>
      ))}
    </ol>
  )
}
