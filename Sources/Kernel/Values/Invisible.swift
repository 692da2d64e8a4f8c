/// The text without what nobody sees: zero-width and format characters, blank letters, and what turns
/// the direction of the text round it. They come along when text is pasted, and make two of what looks
/// the same. Joiners stay where a script or a picture needs them.
func withoutInvisible(_ text: String) -> String {
  let scalars = text.unicodeScalars
  guard scalars.contains(where: isInvisible) else { return text }
  let all = Array(scalars)
  var kept = String.UnicodeScalarView()
  for (index, scalar) in all.enumerated() where !isInvisible(scalar) || joins(all, at: index) {
    kept.append(scalar)
  }
  return String(kept)
}

private func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0..<0xAD: false
  case 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x180E, 0x200B...0x200F, 0x202A...0x202E,
    0x2060...0x206F, 0x2800, 0x3164, 0xFEFF, 0xFFA0, 0xFFF9...0xFFFB, 0xE0000...0xE007F:
    true
  default: false
  }
}

/// Whether the joiner at `index` stands between letters of a script that has joiners (none of Europe’s
/// has), or between the parts of a picture.
private func joins(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
  guard scalars[index].value == 0x200C || scalars[index].value == 0x200D, index > 0,
    index + 1 < scalars.count
  else { return false }
  let both = [scalars[index - 1], scalars[index + 1]]
  return both.allSatisfy { $0.value >= 0x600 && !isInvisible($0) }
}
