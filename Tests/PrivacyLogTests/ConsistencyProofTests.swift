import Cryptography
import TestSupport
import Testing

@testable import PrivacyLog

@Suite struct ConsistencyProofTests {
  /// The leaves of the test data of Certificate Transparency.
  static let published: [[UInt8]] = [
    [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], Array(0x40...0x43), Array(0x50...0x57),
    Array(0x60...0x6F),
  ]

  static func root(_ leaves: some Sequence<[UInt8]>) throws -> TreeDigest {
    var hash = try TreeHash()
    var frontier = TreeFrontier()
    for leaf in leaves { try frontier.append(hash.leaf(leaf.span), &hash) }
    return try frontier.root(&hash)
  }

  static func proof(_ leaves: [[UInt8]], from old: Int, to new: Int) throws -> [TreeDigest] {
    var hash = try TreeHash()
    var maker = ConsistencyProofMaker(from: old, to: new)
    for leaf in leaves { try maker.take(hash.leaf(leaf.span), &hash) }
    return try maker.finish(&hash)
  }

  @Test("roots are those that Certificate Transparency publishes")
  func publishedRoots() throws {
    let roots = [
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]
    for (size, root) in roots.enumerated() {
      #expect(try Self.root(Self.published[..<size]).hex == root, "size \(size)")
    }
    #expect(
      try Self.root(["a", "b", "c"].map { Array($0.utf8) }).hex
        == "36642e73c2540ab121e3a6bf9545b0a24982cd830eb13d3cd19de3ce6c021ec1"
    )
  }

  @Test("proofs are those that Certificate Transparency publishes")
  func publishedProofs() throws {
    let proofs: [(Int, Int, [String])] = [
      (1, 1, []),
      (
        1, 8,
        [
          "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ]
      ),
      (
        6, 8,
        [
          "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
          "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ]
      ),
      (
        2, 5,
        [
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ]
      ),
    ]
    for (old, new, hashes) in proofs {
      let made = try Self.proof(Self.published, from: old, to: new)
      #expect(made.map(\.hex) == hashes, "\(old) to \(new)")
    }
  }

  @Test("every root and proof agrees with the plain tree, and holds", arguments: 0...130)
  func everyPair(new: Int) throws {
    let leaves = (0..<new).map { Array("line \($0)".utf8) }
    let plain = PlainTree(leaves: leaves)
    let root = try Self.root(leaves)
    #expect(try root.bytes == plain.root(0..<new))
    for old in 0...new {
      let oldRoot = try Self.root(leaves[..<old])
      let proof = try Self.proof(leaves, from: old, to: new)
      if old > 0 {
        #expect(try proof.map(\.bytes) == plain.proof(old, new), "\(old) to \(new)")
      } else {
        #expect(proof.isEmpty)
      }
      #expect(
        try ConsistencyProof.holds(proof, from: (old, oldRoot), to: (new, root)),
        "\(old) to \(new)"
      )
    }
  }

  @Test("a proof with anything changed does not hold", arguments: 1...66)
  func anyChange(new: Int) throws {
    let leaves = (0..<new).map { Array("line \($0)".utf8) }
    let root = try Self.root(leaves)
    let other = try Self.root([[1]])
    for old in 1...new {
      let oldRoot = try Self.root(leaves[..<old])
      let proof = try Self.proof(leaves, from: old, to: new)
      func holds(
        _ hashes: [TreeDigest],
        _ old: (size: Int, root: TreeDigest),
        _ new: (size: Int, root: TreeDigest)
      ) throws -> Bool { try ConsistencyProof.holds(hashes, from: old, to: new) }
      #expect(try !holds(proof, (old, other), (new, root)), "\(old) to \(new)")
      #expect(try !holds(proof, (old, oldRoot), (new, other)), "\(old) to \(new)")
      #expect(try !holds(proof + [other], (old, oldRoot), (new, root)), "\(old) to \(new)")
      for place in proof.indices {
        var changed = proof
        changed[place] = other
        #expect(try !holds(changed, (old, oldRoot), (new, root)), "\(old) to \(new)")
        changed.remove(at: place)
        #expect(try !holds(changed, (old, oldRoot), (new, root)), "\(old) to \(new)")
      }
      // Another size is another shape, or the same shape of another tree.
      if old > 1 {
        let earlier = try Self.root(leaves[..<(old - 1)])
        #expect(try !holds(proof, (old, earlier), (new, root)), "\(old) to \(new)")
      }
      if old < new {
        #expect(try !holds(proof, (new, oldRoot), (old, root)), "\(old) to \(new)")
        #expect(try !holds([], (old, oldRoot), (new, root)) || old == 0, "\(old) to \(new)")
      }
    }
  }

  @Test("a proof between logs of a million lines is at most 21 hashes")
  func length() {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<10_000 {
      let new = Int.random(in: 1...1_048_576, using: &random)
      let old = Int.random(in: 1...new, using: &random)
      #expect(ConsistencyProof.subtrees(from: old, to: new).count <= 21)
    }
    #expect(ConsistencyProof.subtrees(from: 1, to: .max).count <= ConsistencyProof.longest)
  }

  @Test("sizes that cannot be are refused, not trapped on")
  func hostileSizes() throws {
    let zero = TreeDigest.zeros
    for (old, new) in [(-1, 5), (5, -1), (5, 4), (.min, .max), (.max, .max), (1, .max)] {
      #expect(try !ConsistencyProof.holds([zero], from: (old, zero), to: (new, zero)))
    }
  }
}
