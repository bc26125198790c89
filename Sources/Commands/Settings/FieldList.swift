import Reporting

/// Names of JSON fields, separated by commas.
struct FieldList: SettingValue, Hashable {
    var fields: JSONFields
    var settingText: String

    init(setting text: String) throws(SettingValueError) {
        let names = text.split(separator: ",").map { String($0.drop { $0 == " " }) }
        guard !names.isEmpty else { throw SettingValueError("the names of fields are missing") }
        do throws(UnknownField) {
            self.fields = try JSONFields(names: names)
        } catch {
            throw SettingValueError(error.name, choices: JSONFields.names)
        }
        self.settingText = text
    }
}
