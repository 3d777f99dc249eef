import { Button, type ButtonProps } from '@chairside/ui'
import { Fingerprint } from 'lucide-react'

type PasskeyButtonProps = Pick<ButtonProps, 'variant' | 'autoFocus'> & {
  label: string
  passkey: { busy: boolean; run: () => Promise<void> }
}

export function PasskeyButton({ label, passkey, ...rest }: PasskeyButtonProps) {
  return (
    <Button {...rest} className="h-9 w-full" disabled={passkey.busy} onClick={() => void passkey.run()}>
      <Fingerprint aria-hidden /> {label}
    </Button>
  )
}

/** Between two ways to the same. */
export const Or = ({ word }: { word: string }) => (
  <div className="flex items-center gap-3 text-muted-foreground text-xs before:h-px before:flex-1 before:bg-border after:h-px after:flex-1 after:bg-border">
    {word}
  </div>
)
