// Digest, keyed hash, key derivation and random bytes, all from OpenSSL's libcrypto.
//
// Owns key material in memory: locked, kept out of dumps, overwritten when it is let go. It reads
// no file, knows no pipeline, and never prints what it holds. Cryptography is never home-made:
// what stands here frames bytes and calls the library.
