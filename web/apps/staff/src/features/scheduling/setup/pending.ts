import type { RefObject } from 'react'

/** Set while something stands in the fields of a part and was not added: whoever saves the whole means that, too. */
export type Pending = RefObject<(() => Promise<unknown>) | undefined>
