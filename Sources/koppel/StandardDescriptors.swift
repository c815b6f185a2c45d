import Glibc

/// Input, output and error, which whoever starts the command may have closed.
enum StandardDescriptors {
  /// Opens those that are closed on something that cannot be written to.
  ///
  /// Else the next file that is opened takes their number, and what is meant for people is written
  /// into it: with both outputs closed that was the privacy log.
  static func keepFree() {
    for descriptor in Int32(0)...2 where fcntl(descriptor, F_GETFD) == -1 {
      unsafe _ = open("/dev/null", O_RDONLY)
    }
  }
}
