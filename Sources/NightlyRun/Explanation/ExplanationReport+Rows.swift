import Glibc
import Linkage
import PipelineFile

extension ExplanationReport {
  /// One bit of weight.
  private static let unit = 65_536.0

  /// Prior, comparisons and joint level, with what they add up to.
  static func rows(of explanation: Explanation, _ explained: ExplainedPair) -> [[String]] {
    var total = Int(((explained.report?.prior ?? 0) * unit).rounded())
    func ending(_ weight: Int) -> [String] {
      [bits(weight), bits(total), bar(weight)]
    }
    func cells(_ m: Double?, _ u: Double?) -> [String] {
      [m.map(share) ?? "", u.map(share) ?? ""]
    }
    var rows = [["column", "level", "m", "u", "bits", "total", ""]]
    rows.append(
      ["prior", explained.population, "", ""] + ending(total)
    )
    for step in explanation.steps {
      guard let weight = step.weight.map({ Int($0) }) else {
        rows.append(
          [step.column, "\(step.state.name(of: step.column)), joint"] + cells(step.m, step.u) + [
            "", "", "",
          ]
        )
        continue
      }
      total += weight
      rows.append(
        [step.column, step.state.name(of: step.column)] + cells(step.m, step.u) + ending(weight)
      )
      guard let frequency = step.frequency else { continue }
      total += Int(frequency.weight)
      rows.append(["  frequency", band(frequency.share), "", ""] + ending(Int(frequency.weight)))
    }
    guard let joint = explanation.joint else { return rows + [["joint level", "none"]] }
    total += Int(joint.weight)
    rows.append(
      ["joint level", joint.columns.joined(separator: " + ")] + cells(joint.m, joint.u)
        + ending(Int(joint.weight))
    )
    return rows
  }

  /// What is known where nothing was weighed.
  static func rows(of explained: ExplainedPair) -> [[String]] {
    [["column", "values"]]
      + explained.agreements.keys.sorted().map { column in
        switch explained.agreements[column] {
        case .equal: [column, "equal"]
        case .unequal: [column, "differ"]
        case .unknown, nil: [column, "missing"]
        }
      }
  }

  /// Blocks, rivals, and whether it may be nobody.
  static func remarks(of explained: ExplainedPair) -> [String] {
    guard let report = explained.report, report.idle == nil else { return [] }
    var remarks: [String] = []
    let blocks = explained.blocks
    if blocks.contains(where: \.lacking.isEmpty) {
      let own = blocks.filter(\.lacking.isEmpty).map { "\($0.number)" }
      remarks.append("blocks       \(own.joined(separator: ", "))")
    } else {
      remarks.append("blocks       none: no rule pairs them, so that they were never compared")
      remarks += blocks.map { block in
        let differing = block.lacking.map {
          explained.agreements[$0] == .unequal ? "\($0) differs" : "\($0) is missing"
        }
        return "  \(block.number) [\(block.columns.joined(separator: ", "))]: "
          + differing.joined(separator: ", ")
      }
    }
    guard let explanation = explained.explanation, let nobody = explanation.nobody else {
      return remarks
    }
    let prior = Int((report.prior * unit).rounded())
    var rivals = "rivals       \(explanation.rivals.count)"
    if let best = explanation.rivals.first {
      rivals += ", total \(bits(prior + Int(best.weight))), p \(fixed(best.probability, places: 4))"
    }
    return remarks + [rivals + "; nobody p \(fixed(nobody, places: 4))"]
  }

  /// `1 in 1,000–10,000`: so that a rare value does not give itself away.
  private static func band(_ share: Double) -> String {
    let times = max(1, 1 / max(share, 1e-12))
    var least = 1
    while Double(least) * 10 <= times { least *= 10 }
    return "1 in \(grouped(least))–\(grouped(least * 10))"
  }

  /// A share with three decimals, or two digits that tell something.
  private static func share(_ share: Double) -> String {
    guard share > 0 else { return "0.000" }
    return fixed(share, places: min(9, max(3, 1 - Int(log10(share).rounded(.down)))))
  }

  private static func bits(_ weight: Int) -> String {
    let tenths = Int((Double(weight) / unit * 10).rounded())
    return "\(tenths < 0 ? "-" : "+")\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
  }

  private static func bar(_ weight: Int) -> String {
    let count = Int((Double(weight.magnitude) / unit).rounded())
    return String(repeating: weight < 0 ? "<" : ">", count: min(40, count))
  }
}
