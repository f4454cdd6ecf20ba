using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using Microsoft.ML.Runtime;

[assembly: LoadableClass(typeof(SubwordTokenizingTransformer), null, typeof(SignatureLoadModel), "", SubwordTokenizingTransformer.LoaderSignature)]

namespace Microsoft.ML.Regularization;

/// <summary>Splits texts into the subwords of a vocabulary that is given, as keys that networks for texts read.</summary>
/// <remarks>
/// <para>Input column: text. Output column: a vector of keys (UInt32) of any length, one for each token in the order of the text; the key of a token is its id
/// plus 1, the key type counts all ids of the vocabulary, and its key values are <see cref="SubwordVocabulary.Tokens"/>. An empty or missing text has no tokens
/// but the special ones that the vocabulary adds. An id beyond the vocabulary would be the missing key, 0.</para>
/// <para>At training and at scoring rows are mapped alike. The model file holds the files of the vocabulary, byte for byte.</para>
/// </remarks>
public sealed class SubwordTokenizingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "SubwordTokens";

    internal SubwordTokenizingTransformer(IHostEnvironment env, SubwordTokenizationOptions options)
        : base(Contracts.CheckRef(env, nameof(env)).Register(LoaderSignature), ColumnsOf(env, options)) =>
        Vocabulary = options.Vocabulary;

    private SubwordTokenizingTransformer(IHostEnvironment env, ModelLoadContext ctx)
        : base(env.Register(LoaderSignature), ctx)
    {
        // *** Binary format ***
        // <base: names of columns>
        // <vocabulary>
        Host.CheckDecode(ColumnPairs.Length == 1, "Tokenization into subwords must have one column.");
        Vocabulary = SubwordVocabulary.Load(Host, ctx);
    }

    /// <summary>The vocabulary.</summary>
    public SubwordVocabulary Vocabulary { get; }

    internal static SubwordTokenizingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        Contracts.CheckValue(env, nameof(env));
        env.CheckValue(ctx, nameof(ctx));
        ctx.CheckAtModel(GetVersionInfo());
        return new SubwordTokenizingTransformer(env, ctx);
    }

    /// <summary>Writes the transformer.</summary>
    /// <param name="ctx">Where to.</param>
    protected override void SaveModel(ModelSaveContext ctx)
    {
        Host.CheckValue(ctx, nameof(ctx));
        ctx.CheckAtModel();
        ctx.SetVersionInfo(GetVersionInfo());

        // *** Binary format ***
        // <base: names of columns>
        // <vocabulary>
        SaveColumns(ctx);
        Vocabulary.Save(ctx);
    }

    /// <summary>What maps the rows of a schema.</summary>
    /// <param name="schema">The columns before this transformer.</param>
    protected override IRowMapper MakeRowMapper(DataViewSchema schema) => new Mapper(this, schema);

    /// <summary>Checks that a column holds texts.</summary>
    /// <param name="inputSchema">The columns before this transformer.</param>
    /// <param name="col">Which pair of columns.</param>
    /// <param name="srcCol">The column.</param>
    protected override void CheckInputColumn(DataViewSchema inputSchema, int col, int srcCol)
    {
        var column = inputSchema[srcCol];
        if (column.Type != TextDataViewType.Instance)
            throw Host.ExceptSchemaMismatch(nameof(inputSchema), "text", column.Name, "String", column.Type.ToString());
    }

    private static (string Output, string Input)[] ColumnsOf(IHostEnvironment env, SubwordTokenizationOptions options)
    {
        env.CheckValue(options, nameof(options));
        options.Validate(env);
        return [(options.OutputColumnName, options.InputColumnName ?? options.OutputColumnName)];
    }

    private static VersionInfo GetVersionInfo() => new(
        modelSignature: "SUBWORDS",
        verWrittenCur: 0x00010001, // Initial
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderSignature: LoaderSignature,
        loaderAssemblyName: typeof(SubwordTokenizingTransformer).Assembly.FullName);

    private sealed class Mapper(SubwordTokenizingTransformer parent, DataViewSchema schema) : OneToOneMapperBase(parent.Host, parent, schema)
    {
        protected override DataViewSchema.DetachedColumn[] GetOutputColumnsCore()
        {
            var tokens = parent.Vocabulary.Tokens;
            var annotations = new DataViewSchema.Annotations.Builder();
            annotations.AddKeyValues<ReadOnlyMemory<char>>(tokens.Count, TextDataViewType.Instance, (ref values) =>
            {
                var editor = VBufferEditor.Create(ref values, tokens.Count);
                for (var id = 0; id < tokens.Count; id++)
                    editor.Values[id] = tokens[id].AsMemory();
                values = editor.Commit();
            });
            var type = new VectorDataViewType(new KeyDataViewType(typeof(uint), tokens.Count));
            return [new DataViewSchema.DetachedColumn(parent.ColumnPairs[0].outputColumnName, type, annotations.ToAnnotations())];
        }

        protected override Delegate MakeGetter(DataViewRow input, int iinfo, Func<int, bool> activeOutput, out Action? disposer)
        {
            disposer = null;
            var getter = input.GetGetter<ReadOnlyMemory<char>>(input.Schema[ColMapNewToOld[iinfo]]);
            var text = ReadOnlyMemory<char>.Empty;
            var vocabulary = parent.Vocabulary;
            return (ValueGetter<VBuffer<uint>>)((ref keys) =>
            {
                getter(ref text);
                var ids = vocabulary.Encode(text.Span);
                var editor = VBufferEditor.Create(ref keys, ids.Count);
                for (var place = 0; place < ids.Count; place++)
                    editor.Values[place] = ids[place] >= 0 && ids[place] < vocabulary.Tokens.Count ? (uint)ids[place] + 1 : 0;
                keys = editor.Commit();
            });
        }
    }
}
