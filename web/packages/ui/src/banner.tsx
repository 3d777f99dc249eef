import { CircleAlert, Info, type LucideIcon, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './cn'

const looks: Record<'danger' | 'warn' | 'info', [LucideIcon, string]> = {
  danger: [CircleAlert, 'bg-destructive-soft text-destructive'],
  warn: [TriangleAlert, 'bg-warn-soft text-warn'],
  info: [Info, 'bg-accent text-foreground'],
}

type BannerProps = { tone?: keyof typeof looks; title: ReactNode; children?: ReactNode; className?: string }

/** Something to know before going on; `danger` is read out at once. */
export function Banner({ tone = 'danger', title, children, className }: BannerProps) {
  const [Icon, look] = looks[tone]
  return (
    <div
      role={tone === 'danger' ? 'alert' : undefined}
      data-slot="banner"
      className={cn('flex items-start gap-2 rounded-md px-3 py-2 text-sm', look, className)}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="grid min-w-0 flex-1 gap-1.5">
        <p dir="auto" className="font-medium">
          {title}
        </p>
        {children}
      </div>
    </div>
  )
}
