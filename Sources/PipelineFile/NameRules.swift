/// Whether a name is a word of the expression language, which no column may have.
package func isReservedWord(_ name: String) -> Bool { ExpressionParser.reserved.contains(name) }

/// Whether a name can be that of a pipeline or contract: small letters, digits, `-` and `_`.
package func isSlug(_ name: String) -> Bool { NameForm.slug.accepts(name) }
