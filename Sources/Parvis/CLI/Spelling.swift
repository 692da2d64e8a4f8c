/// The word somebody may have meant: the nearest within a third of its length, by insertions,
/// deletions, replacements and swapped neighbours.
func nearest(to word: String, in words: [String]) -> String? {
  let candidates = words.map { ($0, distance(Array(word), Array($0))) }
  guard let best = candidates.min(by: { $0.1 < $1.1 }) else { return nil }
  if best.1 <= max(1, word.count / 3) { return best.0 }
  let starting = words.filter { $0.hasPrefix(word) }
  return starting.count == 1 ? starting.first : nil
}

private func distance(_ left: [Character], _ right: [Character]) -> Int {
  guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
  var rows = [Array(0...right.count)]
  for (i, a) in left.enumerated() {
    var row = [i + 1]
    for (j, b) in right.enumerated() {
      var best = min(row[j] + 1, rows[i][j + 1] + 1, rows[i][j] + (a == b ? 0 : 1))
      if i > 0, j > 0, a == right[j - 1], left[i - 1] == b {
        best = min(best, rows[i - 1][j - 1] + 1)
      }
      row.append(best)
    }
    rows.append(row)
  }
  return rows[left.count][right.count]
}
