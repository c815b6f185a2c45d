// Extracts to typed rows.
//
// Owns the bytes of a delivery from its file to a `ClearBatch`: chunks, dialect, encoding, types,
// rejects. Clear values live here in memory only; what leaves in a message is a place, a reason, a
// count or a shape. It writes nothing, pseudonymises nothing and knows no key.
//
// Order of work: `ExtractReader` hands out chunks, a `RowParser` a worker turns each into rows.
