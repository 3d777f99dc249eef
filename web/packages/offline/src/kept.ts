/**
 * What was accepted and not sent yet, so that a page that dies loses none of it. On disk only enciphered, under a key that the
 * browser made here and gives nobody to read (WebCrypto, not extractable), only until the server has answered, and gone with its
 * key when somebody signs out.
 */
export const KEPT = 'chairside.kept'
const [ROWS, KEYS] = ['rows', 'keys']

type Row = { iv: Uint8Array<ArrayBuffer>; sealed: ArrayBuffer }
const asked = <T>(request: IDBRequest<T>) =>
  new Promise<T>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(KEPT, 1)
  request.onupgradeneeded = () => {
    request.result.createObjectStore(ROWS)
    request.result.createObjectStore(KEYS)
  }
  return asked(request).then(db => {
    // Whoever signs out in another tab takes everything away.
    db.onversionchange = () => db.close()
    return db
  })
}

async function keyOf(db: IDBDatabase): Promise<CryptoKey> {
  const found = await asked<CryptoKey | undefined>(db.transaction(KEYS).objectStore(KEYS).get('key'))
  if (found) return found
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const store = db.transaction(KEYS, 'readwrite').objectStore(KEYS)
  // Another tab may have made one meanwhile: the first stays.
  await asked(store.add(made, 'key')).catch(() => {})
  return (await asked<CryptoKey | undefined>(db.transaction(KEYS).objectStore(KEYS).get('key'))) ?? made
}

/** Places begin with whose it is. Without a store (a browser that has none, a full disk) nothing is kept and nothing fails. */
export function createKept() {
  let turn: Promise<unknown> = Promise.resolve()
  let opened: Promise<{ db: IDBDatabase; key: CryptoKey }> | undefined
  const ready = () => {
    opened ??= open().then(async db => ({ db, key: await keyOf(db) }))
    return opened
  }
  // One after another, so that the last that was said is what stays.
  const inTurn = <T>(act: () => Promise<T>): Promise<T | undefined> => {
    const next = turn.then(act).catch(() => {
      opened = undefined
      return undefined
    })
    turn = next
    return next
  }
  return {
    put: (place: string, value: unknown) =>
      inTurn(async () => {
        const { db, key } = await ready()
        const iv = crypto.getRandomValues(new Uint8Array(12))
        const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(JSON.stringify(value)))
        await asked(
          db
            .transaction(ROWS, 'readwrite')
            .objectStore(ROWS)
            .put({ iv, sealed } satisfies Row, place),
        )
        return true
      }),
    of: (place: string) =>
      inTurn(async () => {
        const { db, key } = await ready()
        const row = await asked<Row | undefined>(db.transaction(ROWS).objectStore(ROWS).get(place))
        if (!row) return undefined
        const read = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: row.iv }, key, row.sealed)
        return JSON.parse(new TextDecoder().decode(read)) as unknown
      }),
    drop: (place: string) =>
      inTurn(async () => {
        const { db } = await ready()
        await asked(db.transaction(ROWS, 'readwrite').objectStore(ROWS).delete(place))
      }),
  }
}
