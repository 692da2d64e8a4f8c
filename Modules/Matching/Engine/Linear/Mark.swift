/// Where a dual simplex method stood: for a look ahead from which it comes back.
final class DualSimplexMark {
  let place: Flat<Int32>
  let amount: Flat<Double>
  let reduced: Flat<Double>
  let weight: Flat<Double>
  let head: Flat<Int32>
  var exchanges = 0
  var factorings = 0

  init(_ simplex: DualSimplex) {
    place = .filled(0, simplex.total)
    amount = .filled(0, simplex.rowCount)
    reduced = .filled(0, simplex.total)
    weight = .filled(0, simplex.rowCount)
    head = .filled(0, simplex.rowCount)
  }

  deinit {
    place.deallocate()
    amount.deallocate()
    reduced.deallocate()
    weight.deallocate()
    head.deallocate()
  }

  func take(_ simplex: DualSimplex) {
    place.update(from: simplex.place, count: simplex.total)
    amount.update(from: simplex.amount, count: simplex.rowCount)
    reduced.update(from: simplex.reduced, count: simplex.total)
    weight.update(from: simplex.weight, count: simplex.rowCount)
    head.update(from: simplex.basis.head, count: simplex.rowCount)
    exchanges = simplex.basis.exchanges
    factorings = simplex.factorings
  }

  func give(back simplex: DualSimplex) {
    simplex.place.update(from: place, count: simplex.total)
    simplex.amount.update(from: amount, count: simplex.rowCount)
    simplex.reduced.update(from: reduced, count: simplex.total)
    simplex.weight.update(from: weight, count: simplex.rowCount)
    simplex.basis.head.update(from: head, count: simplex.rowCount)
  }
}

extension DualSimplex {
  /// Keeps where it stands, for `goBack`.
  func setMark() {
    if basis.exchanges > refactorAfter / 2 { refactor() }
    if mark == nil { mark = DualSimplexMark(self) }
    mark?.take(self)
  }

  /// Goes back to the last mark. Bounds are up to the caller.
  func goBack() {
    guard let mark else { return }
    mark.give(back: self)
    if mark.factorings == factorings {
      basis.forgetExchanges(after: mark.exchanges)
    } else {
      refactor()
    }
  }
}
