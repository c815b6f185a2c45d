// Everything of Koppel that touches a file: descriptors, gzip, atomic writes, locks.
//
// Owns how bytes come in (`ByteSource`) and how they go out (`AtomicFile`, `AtomicFolder`,
// `GzipWriter`), and that no other run works in the same folder (`RunLock`). It never looks at
// what the bytes mean, and no error of it holds any of them: only paths, offsets and counts.
