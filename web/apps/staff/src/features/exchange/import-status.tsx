import type { Import } from '@chairside/api'
import { cn } from '@chairside/ui'
import { CircleCheck, CircleDashed, FileSearch, FileUp, Loader, type LucideIcon, RotateCcw, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'

const LOOKS: Record<Import['status'], [LucideIcon, string]> = {
  created: [CircleDashed, 'border-dashed text-muted-foreground'],
  uploaded: [FileUp, 'bg-accent'],
  analysed: [FileSearch, 'bg-accent'],
  running: [Loader, 'border-double border-2 bg-accent'],
  done: [CircleCheck, 'text-ok'],
  failed: [TriangleAlert, 'border-destructive/40 bg-destructive-soft text-destructive'],
  undoing: [Loader, 'border-dashed border-2 bg-accent'],
  undone: [RotateCcw, 'border-dotted text-muted-foreground'],
}

export function ImportStatus({ status, className }: { status: Import['status']; className?: string }) {
  const t = useTranslations('imports.status')
  const [Icon, look] = LOOKS[status]
  return (
    <span
      className={cn(
        'inline-flex h-6 items-center gap-1.5 whitespace-nowrap rounded-md border px-2 font-medium text-xs',
        look,
        className,
      )}
    >
      <Icon aria-hidden className="size-3.5" />
      {t(status)}
    </span>
  )
}
