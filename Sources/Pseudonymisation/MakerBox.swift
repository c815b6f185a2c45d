/// Holds a maker, which cannot be copied, in an array.
final class MakerBox {
  var maker: TokenMaker

  init(_ maker: consuming TokenMaker) { self.maker = maker }

  deinit { maker.forget() }
}
