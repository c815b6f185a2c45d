import Files
import Glibc
import PipelineFile
import Tabular

/// Who does what the privacy log tells, and on which machine.
enum LogActor {
  /// What every line says that tells of something done: on which machine, by whom, with which tool,
  /// for which pipeline.
  static func fields(of pipeline: Pipeline) -> [String: JSONValue] {
    [
      "host": .string(host), "actor": json(for: pipeline.owner), "tool": tool,
      "pipeline": .string(pipeline.name),
    ]
  }

  /// The user of the process, by number and name, in which role and on whose behalf.
  ///
  /// `owner` answers for the pipeline.
  private static func json(for owner: String) -> JSONValue {
    let uid = getuid()
    return [
      "uid": .integer(Int64(uid)), "user": .string(userName), "role": .string(role(of: uid)),
      "for": .string(owner),
    ]
  }

  /// What runs: its version, and the digest of the file that the system runs.
  private static var tool: JSONValue {
    var members: [String: JSONValue] = ["version": .string(Version.number)]
    members["sha256"] = (try? fileDigest("/proc/self/exe")).map { .string($0) }
    return .object(members)
  }

  /// By the ranges that Debian's policy gives to user numbers (9.2.2).
  private static func role(of uid: uid_t) -> String {
    switch uid {
    case 0: "administrator"
    case 1..<1000, 60_000...: "service"
    default: "person"
    }
  }

  /// The name of the machine.
  private static var host: String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard unsafe gethostname(&buffer, buffer.count - 1) == 0 else { return "" }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private static var userName: String {
    guard let entry = unsafe getpwuid(getuid()), let name = unsafe entry.pointee.pw_name else {
      return ""
    }
    return unsafe String(cString: name)
  }
}
