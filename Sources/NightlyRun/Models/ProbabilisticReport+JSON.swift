import Glibc
import Linkage
import PipelineFile
import Tabular

/// What weighing came to, for the manifest of the run; it stays in the work folder.
///
/// Labels of groups are kept codes, each of ten clients or more.
extension ProbabilisticReport {
  var json: JSONValue {
    var members: [String: JSONValue] = [
      "clients": .integer(Int64(clientCount)), "linked": .integer(Int64(linked.identities)),
      "accept": share(accept), "expected_matches": .integer(Int64(expectedMatches.rounded())),
      "reach": share(reach), "prior_bits": bits(prior),
      "rehearsed": .integer(Int64(rehearsedCount)),
      "rules": .array(rules.map(rule)), "model": .array(columns.map(column)),
      "model_kept": .boolean(isKept),
      "joint_levels": .array(joints.map(together)), "dependent": .array(dependent.map(together)),
      "subgroups": .array(subgroups.map(\.json)),
    ]
    if !relatives.isEmpty {
      members["relatives"] = .array(
        relatives.map { kin in
          let levels = kin.levels.map { JSONValue.array($0.map(share)) }
          return [
            "share_bits": bits(log2(kin.share)),
            "levels": .object(
              Dictionary(
                zip(columns.map(\.comparison.column), levels),
                uniquingKeysWith: { first, _ in first }
              )
            ),
          ]
        }
      )
    }
    if let quality {
      members["expected"] = [
        "precision": quality.precision.json, "recall": quality.recall.json,
        "from": .string(quality.basis.rawValue),
        "assuming": "clients without a BSN resemble those with one",
      ]
    }
    if !drift.isEmpty {
      members["drift"] = .array(
        drift.map {
          ["column": .string($0.column), "level": .integer(Int64($0.level)), "bits": bits($0.bits)]
        }
      )
    }
    return .object(members)
  }

  private func rule(_ rule: Rule) -> JSONValue {
    [
      "on": .array(rule.columns.map { .string($0) }), "pairs": .integer(Int64(rule.pairCount)),
      "largest": .array(rule.largest.map { .integer(Int64($0)) }),
      "pairs_with_nobody": share(rule.lonelyShare),
      "links_alone": .integer(Int64(rule.ownLinkCount)),
    ]
  }

  private func column(_ column: Column) -> JSONValue {
    let names = column.comparison.levels.map(\.text) + ["else"]
    return [
      "column": .string(column.comparison.column),
      "learnt_from": column.isProved ? "exact" : "em",
      "levels": .array(
        names.indices.map { level in
          [
            "level": .string(names[level]), "m": small(column.m[level]),
            "u": small(column.u[level]),
            "bits": bits(log2(column.m[level] / column.u[level])),
          ]
        }
      ),
    ]
  }

  private func together(_ joint: Joint) -> JSONValue {
    ["columns": .array(joint.columns.map { .string($0) }), "bits": bits(joint.bits)]
  }
}

extension Subgroup {
  fileprivate var json: JSONValue {
    var members: [String: JSONValue] = [
      "column": .string(column), "group": group.map { JSONValue.string($0) } ?? .null,
      "clients": .integer(Int64(clientCount)), "rehearsed": .integer(Int64(rehearsedCount)),
    ]
    members["link_rate"] = linkRate?.json
    members["precision"] = precision?.json
    members["recall"] = recall?.json
    return .object(members)
  }
}

extension Subgroup.Rate {
  fileprivate var json: JSONValue {
    [
      "value": share(value), "low": share(interval.lowerBound), "high": share(interval.upperBound),
      "worse": .boolean(isWorse),
    ]
  }
}

extension ExpectedQuality.Estimate {
  fileprivate var json: JSONValue {
    var members: [String: JSONValue] = ["value": share(value)]
    members["low"] = interval.map { share($0.lowerBound) }
    members["high"] = interval.map { share($0.upperBound) }
    return .object(members)
  }
}

// A manifest has no floating point: the same bytes everywhere.

private func share(_ number: Double) -> JSONValue { .string(fixed(number, places: 4)) }

private func small(_ number: Double) -> JSONValue { .string(fixed(number, places: 8)) }

private func bits(_ number: Double) -> JSONValue {
  .string((number < 0 ? "-" : "") + fixed(abs(number), places: 2))
}
