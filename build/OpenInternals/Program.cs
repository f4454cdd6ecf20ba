using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

// Usage: OpenInternals <output folder> <assembly>...
// Writes a copy of each assembly in which internal types and members are public and private protected members are protected.
// Only the compiler reads the copies; programs run on the originals, where IgnoresAccessChecksTo grants the same access.
var outputFolder = args[0];
Directory.CreateDirectory(outputFolder);
foreach (var path in args.AsSpan(1))
{
    var image = File.ReadAllBytes(path);
    Open(image);
    File.WriteAllBytes(Path.Combine(outputFolder, Path.GetFileName(path)), image);
}

return 0;

static void Open(byte[] image)
{
    using var pe = new PEReader(new MemoryStream(image));
    var metadata = pe.GetMetadataReader();
    var start = pe.PEHeaders.MetadataStartOffset;

    // Where the flags column stands in a row of each table: ECMA-335, II.22.37, II.22.26 and II.22.15.
    Rewrite(TableIndex.TypeDef, 0, OpenType);
    Rewrite(TableIndex.MethodDef, 6, OpenMember);
    Rewrite(TableIndex.Field, 0, OpenMember);

    void Rewrite(TableIndex table, int flagsColumn, Func<ushort, ushort> open)
    {
        var rowSize = metadata.GetTableRowSize(table);
        var offset = start + metadata.GetTableMetadataOffset(table) + flagsColumn;
        for (var row = 0; row < metadata.GetTableRowCount(table); row++, offset += rowSize)
        {
            var flags = image.AsSpan(offset, sizeof(ushort));
            BinaryPrimitives.WriteUInt16LittleEndian(flags, open(BinaryPrimitives.ReadUInt16LittleEndian(flags)));
        }
    }
}

// All visibility bits of a type lie in the low half of its four-byte flags.
static ushort OpenType(ushort flags)
{
    var visibility = (TypeAttributes)flags & TypeAttributes.VisibilityMask;
    var opened = visibility switch
    {
        TypeAttributes.NotPublic => TypeAttributes.Public,
        TypeAttributes.NestedAssembly => TypeAttributes.NestedPublic,
        TypeAttributes.NestedFamANDAssem => TypeAttributes.NestedFamily,
        _ => visibility,
    };
    return (ushort)(flags & ~(int)TypeAttributes.VisibilityMask | (int)opened);
}

// MethodAttributes and FieldAttributes give the access bits the same values.
static ushort OpenMember(ushort flags)
{
    var access = (MethodAttributes)flags & MethodAttributes.MemberAccessMask;
    var opened = access switch
    {
        MethodAttributes.Assembly => MethodAttributes.Public,
        MethodAttributes.FamANDAssem => MethodAttributes.Family,
        _ => access,
    };
    return (ushort)(flags & ~(int)MethodAttributes.MemberAccessMask | (int)opened);
}
