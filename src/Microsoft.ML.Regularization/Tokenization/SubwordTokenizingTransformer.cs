using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

[assembly: LoadableClass(
    typeof(SubwordTokenizingTransformer), typeof(ModelLoader<SubwordTokenizingTransformer>), null, typeof(SignatureLoadModel), "",
    SubwordTokenizingTransformer.LoaderSignature)]

namespace Microsoft.ML.Regularization;

/// <summary>Splits texts into the subwords of a vocabulary that is given, as keys that networks for texts read.</summary>
/// <remarks>
/// <para>Input column: text. Output column: a vector of keys (UInt32) of any length, one for each token in the order of the text; the key of a token is its id
/// plus 1, the key type counts all ids of the vocabulary, and its key values are <see cref="SubwordVocabulary.Tokens"/>. An empty or missing text has no tokens
/// but the special ones that the vocabulary adds. An id beyond the vocabulary would be the missing key, 0.</para>
/// <para>At training and at scoring rows are mapped alike. The model file holds the files of the vocabulary, byte for byte.</para>
/// </remarks>
public sealed class SubwordTokenizingTransformer : ColumnMappingTransformer, IModelPart<SubwordTokenizingTransformer>
{
    internal const string LoaderSignature = "SubwordTokens";

    private static readonly ModelFormat Format = new("SUBWORDS", LoaderSignature);

    internal SubwordTokenizingTransformer(IHostEnvironment env, SubwordTokenizationOptions options)
        : base(env, LoaderSignature, ColumnsOf(env, options)) =>
        Vocabulary = options.Vocabulary;

    private SubwordTokenizingTransformer(IHostEnvironment env, ModelReader reader)
        : base(env, LoaderSignature, reader)
    {
        // *** Binary format ***
        // <base: names of columns>
        // <vocabulary>
        Host.CheckDecode(Columns.Count == 1, "Tokenization into subwords must have one column.");
        Vocabulary = SubwordVocabulary.Load(Host, reader);
    }

    /// <summary>The vocabulary.</summary>
    public SubwordVocabulary Vocabulary { get; }

    static ModelFormat IModelPart<SubwordTokenizingTransformer>.Format => Format;

    private protected override ModelFormat FileFormat => Format;

    static SubwordTokenizingTransformer IModelPart<SubwordTokenizingTransformer>.Read(IHostEnvironment env, ModelReader reader) => new(env, reader);

    private protected override void Write(ModelWriter writer) => Vocabulary.Save(writer);

    private protected override void Check(DataViewSchema.Column input)
    {
        if (input.Type != TextDataViewType.Instance)
            throw Host.ExceptSchemaMismatch("inputSchema", "text", input.Name, "String", input.Type.ToString());
    }

    private protected override DataViewSchema.DetachedColumn[] OutputColumns(DataViewSchema inputSchema)
    {
        var type = new VectorDataViewType(new KeyDataViewType(typeof(uint), Vocabulary.Tokens.Count));
        return [new DataViewSchema.DetachedColumn(Columns[0].Output, type, ClassAnnotations.KeyValuesOf(Vocabulary.Tokens))];
    }

    private protected override Delegate CreateGetter(DataViewRow row, DataViewSchema.Column input, int output)
    {
        var getter = row.GetGetter<ReadOnlyMemory<char>>(input);
        var text = ReadOnlyMemory<char>.Empty;
        var vocabulary = Vocabulary;
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

    private static (string Output, string Input)[] ColumnsOf(IHostEnvironment env, SubwordTokenizationOptions options)
    {
        Contracts.CheckValue(env, nameof(env));
        env.CheckValue(options, nameof(options));
        options.Validate(env);
        return [(options.OutputColumnName, options.InputColumnName ?? options.OutputColumnName)];
    }
}
