import CLinux
import Glibc

// The only file that imports the calls that Swift's Glibc does not show.

/// Opens a file without a name.
let namelessFile = Int32(koppel_o_tmpfile)

/// Lets two names change place in one step of the kernel.
///
/// - Returns: 0, or -1 with `errno` set.
func exchangeNames(_ one: String, _ other: String) -> Int32 {
  unsafe koppel_rename_exchange(one, other)
}

/// The name of an errno, such as `ENOSPC`.
func errorName(_ code: Int32) -> String {
  guard let name = unsafe strerrorname_np(code) else { return "errno \(code)" }
  return unsafe String(cString: name)
}

/// What an errno means, lower case, in English whatever the locale.
func errorSentence(_ code: Int32) -> String {
  guard let text = unsafe strerrordesc_np(code) else { return "unknown error" }
  return unsafe String(cString: text).lowercased()
}

/// Keeps memory that was freed, up to 256 MiB, instead of giving it back to the system.
///
/// Chunks of an extract come and go by the megabyte: without this the system clears every page of
/// each anew, which took a third of the time of reading NDJSON. To be called before other threads
/// run.
package func keepFreedMemory() {
  _ = koppel_keep_freed_memory(256 << 20, 32 << 20)
}

/// Gives back what was kept so, between stages that need different things.
package func returnFreedMemory() { _ = koppel_return_freed_memory() }
