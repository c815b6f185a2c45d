#pragma once
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <sys/prctl.h>
#include <sys/resource.h>

// No core file, no debugger, no reading of this process's memory by others of the same user.
// prctl is variadic, which Swift cannot call. Returns 1 when both bans hold.
static inline int koppel_forbid_dumps(void) {
  struct rlimit none = {0, 0};
  return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 && setrlimit(RLIMIT_CORE, &none) == 0;
}

// OSSL_PARAM keeps the addresses it is given, so lists of them are built and used here, in one
// call. Every function returns 1 when it worked, or a pointer that is not null.

// One step of HKDF-SHA-256 (RFC 5869): the first when `expand` is 0, else the second.
static inline int koppel_hkdf(int expand, const void *key, size_t key_count, const void *context,
                              size_t context_count, unsigned char *out, size_t out_count) {
  EVP_KDF *kdf = EVP_KDF_fetch(NULL, "HKDF", NULL);
  if (kdf == NULL) return 0;
  EVP_KDF_CTX *state = EVP_KDF_CTX_new(kdf);
  EVP_KDF_free(kdf);
  if (state == NULL) return 0;
  int mode = expand ? EVP_KDF_HKDF_MODE_EXPAND_ONLY : EVP_KDF_HKDF_MODE_EXTRACT_ONLY;
  OSSL_PARAM list[5];
  size_t used = 0;
  list[used++] = OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, (char *)"SHA256", 0);
  list[used++] = OSSL_PARAM_construct_int(OSSL_KDF_PARAM_MODE, &mode);
  list[used++] = OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, (void *)key, key_count);
  // An empty salt or info may not be passed as a null address; left out, it means the same.
  if (context_count > 0)
    list[used++] = OSSL_PARAM_construct_octet_string(
        expand ? OSSL_KDF_PARAM_INFO : OSSL_KDF_PARAM_SALT, (void *)context, context_count);
  list[used] = OSSL_PARAM_construct_end();
  int status = EVP_KDF_derive(state, out, out_count, list);
  EVP_KDF_CTX_free(state);
  return status == 1;
}

// A context for a keyed hash with one choice, keyed; null when libcrypto refuses.
static inline EVP_MAC_CTX *koppel_mac_new(const char *name, OSSL_PARAM choice,
                                          const unsigned char *key, size_t key_count) {
  EVP_MAC *mac = EVP_MAC_fetch(NULL, name, NULL);
  if (mac == NULL) return NULL;
  EVP_MAC_CTX *state = EVP_MAC_CTX_new(mac);
  EVP_MAC_free(mac);
  if (state == NULL) return NULL;
  OSSL_PARAM list[2] = {choice, OSSL_PARAM_construct_end()};
  if (EVP_MAC_init(state, key, key_count, list) != 1) {
    EVP_MAC_CTX_free(state);
    return NULL;
  }
  return state;
}

// A context for HMAC-SHA-256, keyed; null when libcrypto refuses.
static inline EVP_MAC_CTX *koppel_hmac_new(const unsigned char *key, size_t key_count) {
  OSSL_PARAM digest = OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, (char *)"SHA256", 0);
  return koppel_mac_new("HMAC", digest, key, key_count);
}

// A context for keyed BLAKE2b with 64 bytes of output, keyed; null when libcrypto refuses.
static inline EVP_MAC_CTX *koppel_blake2b_new(const unsigned char *key, size_t key_count) {
  size_t size = 64;
  return koppel_mac_new("BLAKE2BMAC", OSSL_PARAM_construct_size_t(OSSL_MAC_PARAM_SIZE, &size), key,
                        key_count);
}

// The keyed hash of one message, of exactly so many bytes. The context keeps its key, and a size and
// salt that it was given, for the next.
static inline int koppel_mac(EVP_MAC_CTX *state, const unsigned char *bytes, size_t count,
                             unsigned char *out, size_t out_count) {
  size_t written = 0;
  return EVP_MAC_init(state, NULL, 0, NULL) == 1 && EVP_MAC_update(state, bytes, count) == 1 &&
         EVP_MAC_final(state, out, &written, out_count) == 1 && written == out_count;
}

// Sets the salt, at most 16 bytes and zeros behind them, of all messages of keyed BLAKE2b to come.
static inline int koppel_blake2b_salt(EVP_MAC_CTX *state, const unsigned char *salt,
                                      size_t count) {
  OSSL_PARAM list[2] = {
      OSSL_PARAM_construct_octet_string(OSSL_MAC_PARAM_SALT, (void *)salt, count),
      OSSL_PARAM_construct_end()};
  return EVP_MAC_CTX_set_params(state, list) == 1;
}

// The public key of an Ed25519 seed of 32 bytes: 32 bytes.
static inline int koppel_ed25519_public(const unsigned char *seed, unsigned char *out) {
  EVP_PKEY *key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, 32);
  if (key == NULL) return 0;
  size_t written = 32;
  int status = EVP_PKEY_get_raw_public_key(key, out, &written) == 1 && written == 32;
  EVP_PKEY_free(key);
  return status;
}

// The Ed25519 signature of one message: 64 bytes. The key's copy in the library lives for one call
// and is overwritten when it is freed.
static inline int koppel_ed25519_sign(const unsigned char *seed, const unsigned char *bytes,
                                      size_t count, unsigned char *out) {
  EVP_PKEY *key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, 32);
  EVP_MD_CTX *state = EVP_MD_CTX_new();
  size_t written = 64;
  int status = key != NULL && state != NULL &&
               EVP_DigestSignInit(state, NULL, NULL, NULL, key) == 1 &&
               EVP_DigestSign(state, out, &written, bytes, count) == 1 && written == 64;
  EVP_MD_CTX_free(state);
  EVP_PKEY_free(key);
  return status;
}

// 1 when 64 bytes are the signature of a message, 0 when not, -1 when that could not be told.
static inline int koppel_ed25519_verify(const unsigned char *public_key, const unsigned char *bytes,
                                        size_t count, const unsigned char *signature) {
  EVP_PKEY *key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, public_key, 32);
  EVP_MD_CTX *state = EVP_MD_CTX_new();
  int status = -1;
  if (key != NULL && state != NULL && EVP_DigestVerifyInit(state, NULL, NULL, NULL, key) == 1)
    status = EVP_DigestVerify(state, signature, 64, bytes, count) == 1;
  EVP_MD_CTX_free(state);
  EVP_PKEY_free(key);
  // A refused signature leaves its reason behind; the next call must not find it.
  ERR_clear_error();
  return status;
}

// AES-256-GCM of one message; the 16 bytes of proof follow the bytes. Returns 1 when it worked.
static inline int koppel_seal(const unsigned char *key, const unsigned char *nonce,
                              const unsigned char *context, int context_count,
                              const unsigned char *plain, int count, unsigned char *out) {
  EVP_CIPHER_CTX *state = EVP_CIPHER_CTX_new();
  if (state == NULL) return 0;
  int part = 0, last = 0;
  int worked = EVP_EncryptInit_ex(state, EVP_aes_256_gcm(), NULL, key, nonce) == 1 &&
               EVP_EncryptUpdate(state, NULL, &part, context, context_count) == 1 &&
               (count == 0 || EVP_EncryptUpdate(state, out, &part, plain, count) == 1) &&
               EVP_EncryptFinal_ex(state, out + count, &last) == 1 && last == 0 &&
               EVP_CIPHER_CTX_ctrl(state, EVP_CTRL_GCM_GET_TAG, 16, out + count) == 1;
  EVP_CIPHER_CTX_free(state);
  return worked;
}

// Opens what koppel_seal made; `count` without the proof. Returns 1 when it is that, 0 when it is
// not, -1 when libcrypto refused.
static inline int koppel_open(const unsigned char *key, const unsigned char *nonce,
                              const unsigned char *context, int context_count,
                              const unsigned char *sealed, int count, unsigned char *out) {
  EVP_CIPHER_CTX *state = EVP_CIPHER_CTX_new();
  if (state == NULL) return -1;
  int part = 0, last = 0, result = -1;
  if (EVP_DecryptInit_ex(state, EVP_aes_256_gcm(), NULL, key, nonce) == 1 &&
      EVP_DecryptUpdate(state, NULL, &part, context, context_count) == 1 &&
      (count == 0 || EVP_DecryptUpdate(state, out, &part, sealed, count) == 1) &&
      EVP_CIPHER_CTX_ctrl(state, EVP_CTRL_GCM_SET_TAG, 16, (void *)(sealed + count)) == 1)
    result = EVP_DecryptFinal_ex(state, out + count, &last) == 1 && last == 0;
  EVP_CIPHER_CTX_free(state);
  return result;
}
