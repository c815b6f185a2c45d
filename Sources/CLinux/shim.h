// Calls that glibc shows only under _GNU_SOURCE, which Swift does not set, or that are variadic.
#pragma once
#include <sys/syscall.h>
#include <unistd.h>

const char *strerrorname_np(int code);
const char *strerrordesc_np(int code);

// RENAME_EXCHANGE of linux/fs.h.
static inline int koppel_rename_exchange(const char *one, const char *other) {
  return (int)syscall(SYS_renameat2, -100, one, -100, other, 2u);
}

// O_TMPFILE of asm-generic/fcntl.h; on no machine that Swift runs on is it another.
#include <fcntl.h>
enum { koppel_o_tmpfile = 020000000 | O_DIRECTORY };

// M_TRIM_THRESHOLD, M_TOP_PAD and M_MMAP_THRESHOLD are macros.
#include <malloc.h>
static inline int koppel_keep_freed_memory(int kept, int piece) {
  return mallopt(M_TRIM_THRESHOLD, kept) && mallopt(M_TOP_PAD, piece)
      && mallopt(M_MMAP_THRESHOLD, piece);
}
static inline int koppel_return_freed_memory(void) { return malloc_trim(0); }
