/// Error codes of Kerberos that a mail client meets (RFC 4120 section 7.5.9).
enum KerberosError {
    static func name(_ code: Int) -> String {
        switch code {
        case 7: "KDC_ERR_S_PRINCIPAL_UNKNOWN (the server's name is not known)"
        case 14: "KDC_ERR_ETYPE_NOSUPP (encryption type not supported)"
        case 31: "KRB_AP_ERR_BAD_INTEGRITY (the ticket cannot be decrypted)"
        case 32: "KRB_AP_ERR_TKT_EXPIRED (ticket expired)"
        case 33: "KRB_AP_ERR_TKT_NYV (ticket not yet valid)"
        case 34: "KRB_AP_ERR_REPEAT (replay)"
        case 35: "KRB_AP_ERR_NOT_US (ticket for another server)"
        case 37: "KRB_AP_ERR_SKEW (clocks differ too much)"
        case 41: "KRB_AP_ERR_MODIFIED (message changed on the way, or a wrong service key)"
        case 44: "KRB_AP_ERR_BADKEYVER (the service key has another version)"
        case 45: "KRB_AP_ERR_NOKEY (the service key is not there)"
        case 60: "KRB_ERR_GENERIC"
        default: "\(code)"
        }
    }
}
