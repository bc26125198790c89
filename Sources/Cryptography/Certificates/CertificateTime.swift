import COpenSSL
import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// ASN.1 times as points in time. RFC 5280 section 4.1.2.5: certificates know whole seconds, in UTC.
enum CertificateTime {
    static let day: Int64 = 86_400

    /// Times beyond what a ``Timestamp`` can hold become the farthest that it can: RFC 5280 section 4.1.2.5 has
    /// 9999-12-31 for "no good end".
    static func timestamp(_ time: ASN1Time?) -> Timestamp? {
        var parts = tm()
        guard let time, ASN1_TIME_to_tm(time, &parts) == 1 else { return nil }
        let seconds = Int64(timegm(&parts))
        let limit = Int64.max / 1_000_000_000
        if seconds >= limit { return Timestamp(nanoseconds: .max) }
        if seconds <= -limit { return Timestamp(nanoseconds: .min) }
        return Timestamp(seconds: seconds)
    }

    /// Whole seconds since 1970, rounded down.
    static func seconds(_ time: Timestamp) -> Int64 {
        let (quotient, remainder) = time.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        return remainder < 0 ? quotient - 1 : quotient
    }

    typealias ASN1Time = UnsafePointer<ASN1_TIME>
}
