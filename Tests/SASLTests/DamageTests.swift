import SASL
import Testing
import Traffic

/// Lines damaged in every place: whatever the decoder makes of them, no part of the secret is shown.
@Suite struct DamageTests {
    @Test(arguments: [
        (Mechanism.plain, "\0tim\0correct-horse-7", "correct-horse-7"),
        (.plain, "Ursel\0tim\0correct-horse-7", "correct-horse-7"),
        (.cramMD5, "tim b913a602c7eda7a495b4e6e7334d3890", "b913a602c7eda7a495b4e6e7334d3890"),
    ])
    func `no damage to a line makes its secret visible`(mechanism: Mechanism, message: String, secret: String) {
        let line = base64(message)
        // Any five characters of the secret in a row would be a leak.
        let pieces = (0...secret.utf8.count - 5).map { secret.dropFirst($0).prefix(5) }
        var count = 0
        for offset in line.indices {
            for replacement in [[], [0x41], [0x3d], [0x20], [0x2a], [0x00], [0xff], [0x2b, 0x2b]] as [[UInt8]] {
                var damaged = line
                damaged.replaceSubrange(offset...offset, with: replacement)
                var exchange = AuthenticationExchange(mechanism: mechanism)
                let step = exchange.response(damaged)
                #expect(step.maskedColumns == [0..<damaged.count])
                for piece in pieces {
                    #expect(!step.shown.contains(piece), "offset \(offset), \(replacement)")
                }
                count += 1
            }
        }
        #expect(count == line.count * 8)
    }
}
