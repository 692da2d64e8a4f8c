/// A piece of HTML. Whatever text is put into one by interpolation is escaped; only other pieces of
/// HTML go in as they are, so that nothing a person wrote can become markup.
struct HTML: ExpressibleByStringInterpolation, Sendable, Hashable {
  let source: String

  init(source: String) { self.source = source }
  init(stringLiteral value: String) { source = value }
  init(stringInterpolation: StringInterpolation) { source = stringInterpolation.source }

  static let nothing = HTML(source: "")

  struct StringInterpolation: StringInterpolationProtocol {
    var source = ""

    init(literalCapacity: Int, interpolationCount: Int) {
      source.reserveCapacity(literalCapacity + interpolationCount * 16)
    }
    mutating func appendLiteral(_ literal: String) { source += literal }
    mutating func appendInterpolation(_ text: String) { source += escaped(text) }
    mutating func appendInterpolation(_ number: Int) { source += String(number) }
    mutating func appendInterpolation(_ html: HTML) { source += html.source }
    mutating func appendInterpolation(_ pieces: [HTML]) {
      source += pieces.map(\.source).joined(separator: "\n")
    }
  }
}

/// Text made safe between tags and inside quoted attributes.
func escaped(_ text: String) -> String {
  var result = ""
  result.reserveCapacity(text.utf8.count)
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    // Control characters have no place in HTML.
    case "\u{0}"..."\u{8}", "\u{B}"..."\u{1F}", "\u{7F}": continue
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// A position along an axis, in per cent with two decimals and always a point.
func axisShare(_ part: Int64, of whole: Int64) -> HTML {
  let hundredths = whole <= 0 ? 0 : max(0, min(10_000, (part * 10_000 + whole / 2) / whole))
  let fraction = String(hundredths % 100)
  let filled = fraction.count == 1 ? "0" + fraction : fraction
  return HTML(source: "\(hundredths / 100).\(filled)%")
}

/// As much of a text as a chart has room for; the table beside it has all of it.
func shortened(_ text: String, to limit: Int) -> String {
  text.count <= limit ? text : text.prefix(limit - 1).trimmingSuffix { $0 == " " } + "…"
}

extension Substring {
  fileprivate func trimmingSuffix(while condition: (Character) -> Bool) -> Substring {
    var view = self
    while let last = view.last, condition(last) { view.removeLast() }
    return view
  }
}
