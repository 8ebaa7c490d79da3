using Microsoft.CodeAnalysis;

namespace UsageReporting.ConventionTests.PublicApi;

/// <summary>
/// Writes what a user of an assembly can see, as declarations with parameter names, defaults and nullability. What the
/// compiler adds to every record says nothing and is left out.
/// </summary>
internal static class PublicApiWriter
{
    private static readonly SymbolDisplayFormat Format = new(
        SymbolDisplayGlobalNamespaceStyle.Omitted,
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        SymbolDisplayGenericsOptions.IncludeTypeParameters
            | SymbolDisplayGenericsOptions.IncludeTypeConstraints
            | SymbolDisplayGenericsOptions.IncludeVariance,
        SymbolDisplayMemberOptions.IncludeModifiers
            | SymbolDisplayMemberOptions.IncludeAccessibility
            | SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeParameters
            | SymbolDisplayMemberOptions.IncludeConstantValue
            | SymbolDisplayMemberOptions.IncludeRef,
        SymbolDisplayDelegateStyle.NameAndSignature,
        SymbolDisplayExtensionMethodStyle.StaticMethod,
        SymbolDisplayParameterOptions.IncludeExtensionThis
            | SymbolDisplayParameterOptions.IncludeModifiers
            | SymbolDisplayParameterOptions.IncludeType
            | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeDefaultValue,
        SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        SymbolDisplayLocalOptions.None,
        SymbolDisplayKindOptions.IncludeTypeKeyword | SymbolDisplayKindOptions.IncludeMemberKeyword,
        SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
            | SymbolDisplayMiscellaneousOptions.AllowDefaultLiteral);

    private static readonly HashSet<string> OfRecords = new(StringComparer.Ordinal)
    {
        "Equals", "GetHashCode", "ToString", "PrintMembers", "<Clone>$", "EqualityContract", "op_Equality", "op_Inequality",
    };

    public static string Write(IAssemblySymbol assembly) =>
        string.Join(
            '\n',
            TypesIn(assembly.GlobalNamespace).GroupBy(type => type.ContainingNamespace.ToDisplayString())
                .OrderBy(names => names.Key, StringComparer.Ordinal)
                .Select(names => $"namespace {names.Key}\n" + string.Concat(names.OrderBy(Name, StringComparer.Ordinal).Select(Write))));

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol parent) =>
        parent.GetMembers().OfType<INamespaceSymbol>().SelectMany(TypesIn).Concat(
            parent.GetTypeMembers().Where(IsSeen).SelectMany(type => TypesIn(type).Prepend(type)));

    private static string Write(INamedTypeSymbol type)
    {
        IEnumerable<string> members = type.TypeKind switch
        {
            TypeKind.Delegate => [],
            TypeKind.Enum => type.GetMembers().OfType<IFieldSymbol>().Select(value => $"{value.Name} = {value.ConstantValue}"),
            _ => type.GetMembers().Where(member => IsWritten(member, type))
                .OrderBy(member => member.Name, StringComparer.Ordinal).ThenBy(Declaration, StringComparer.Ordinal)
                .Select(Declaration),
        };
        return $"\n{Modifiers(type)}{type.ToDisplayString(Format)}{Bases(type)}\n"
            + string.Concat(members.Select(member => $"    {member}\n"));
    }

    private static string Modifiers(INamedTypeSymbol type)
    {
        string accessibility = type.DeclaredAccessibility == Accessibility.Public ? "public " : "protected ";
        return accessibility + type switch
        {
            { TypeKind: not (TypeKind.Class or TypeKind.Struct) } => "",
            { IsStatic: true } => "static ",
            { IsAbstract: true } => "abstract ",
            { TypeKind: TypeKind.Class, IsSealed: true } => "sealed ",
            _ => "",
        };
    }

    private static string Bases(INamedTypeSymbol type)
    {
        if (type.TypeKind is TypeKind.Enum or TypeKind.Delegate)
        {
            return "";
        }

        IEnumerable<string> interfaces = type.Interfaces.Where(i => !(type.IsRecord && i.Name == "IEquatable"))
            .Select(i => i.ToDisplayString(Format)["interface ".Length..]).Order(StringComparer.Ordinal);
        string[] bases = type.BaseType is { SpecialType: SpecialType.None } parent
            ? [parent.ToDisplayString(Format).Split(' ', 2)[^1], .. interfaces]
            : [.. interfaces];
        return bases.Length == 0 ? "" : " : " + string.Join(", ", bases);
    }

    private static bool IsWritten(ISymbol member, INamedTypeSymbol type) =>
        IsSeen(member)
        && member is not (INamedTypeSymbol or IMethodSymbol { AssociatedSymbol: not null })
        && !(type.IsRecord && (OfRecords.Contains(member.Name) || IsCopyConstructor(member)));

    private static bool IsSeen(ISymbol symbol) =>
        symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;

    private static bool IsCopyConstructor(ISymbol member) =>
        member is IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters: [var only] }
        && SymbolEqualityComparer.Default.Equals(only.Type, member.ContainingType);

    private static string Name(INamedTypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat);

    private static string Declaration(ISymbol member) => member.ToDisplayString(Format);
}
