import Testing
import Traffic

@testable import SASL

@Suite struct SCRAMKeyCacheTests {
    private static let exchange: [Line] = [
        .c("n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL"),
        .s("r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096"),
        .c("c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts="),
        .s("v=rmF9pqV8S7suAoZWja4dJRkFsKQ="),
    ]

    @Test func `a password is hashed once for a salt and a count`() throws {
        let (exchange, _) = try play("SCRAM-SHA-1", Self.exchange)
        var budget = VerificationBudget(perExchange: 4096, remaining: 4096)
        budget.known = SCRAMKeyCache()
        let password = Credential.password(Secret("pencil"))
        for _ in 1...3 {
            let verdicts = exchange.verdicts(using: password, within: &budget)
            #expect(verdicts.client == .verified && verdicts.server == .verified)
        }
        #expect(budget.remaining == 0)
    }

    @Test func `another password is not taken for the one that is known`() throws {
        let (exchange, _) = try play("SCRAM-SHA-1", Self.exchange)
        var budget = VerificationBudget()
        budget.known = SCRAMKeyCache()
        _ = exchange.verdicts(using: .password(Secret("pencil")), within: &budget)
        let wrong = exchange.verdicts(using: .password(Secret("Pencil")), within: &budget)
        #expect(wrong.client != .verified)
    }
}
