/// A corner of paving stones: a parvis is a square. The report's cover and the portal's head have it.
let pavingStones: HTML = {
  let stones: [HTML] = (0..<5).flatMap { row in
    (0..<(5 - row)).map { column in
      HTML(
        source:
          "<rect x=\"\(96 - column * 24)\" y=\"\(row * 24)\" width=\"21\" height=\"21\" rx=\"2\" opacity=\"\(["0.34", "0.26", "0.19", "0.13", "0.08"][min(4, row + column)])\"/>"
      )
    }
  }
  return """
    <svg class="paving" viewBox="0 0 120 120" aria-hidden="true" focusable="false">\(stones)</svg>
    """
}()

/// Four stones, beside the name.
let pavingMark: HTML = """
  <svg class="markstones" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false"><rect x="1" y="1" width="10" height="10" rx="1.5"/><rect x="13" y="1" width="10" height="10" rx="1.5" opacity=".65"/><rect x="1" y="13" width="10" height="10" rx="1.5" opacity=".65"/><rect x="13" y="13" width="10" height="10" rx="1.5" opacity=".35"/></svg>
  """
