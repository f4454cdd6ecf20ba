using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using Microsoft.ML.Regularization.Explanations;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Scoring;
using Microsoft.ML.Runtime;

[assembly: LoadableClass(
    typeof(ExplanationTransformer), typeof(ModelLoader<ExplanationTransformer>), null, typeof(SignatureLoadModel), "", ExplanationTransformer.LoaderSignature)]

namespace Microsoft.ML.Regularization;

/// <summary>
/// Why a network for tables predicts what it does: how much each column of a row contributes to its score, compared with other rows (Sundararajan, Taly and Yan, "Axiomatic
/// attribution for deep networks", 2017; Erion, Janizek, Sturmfels, Lundberg and Lee, 2021, for the mean over other rows).
/// </summary>
/// <remarks>
/// <para>Input columns: those that the model was trained on. Output columns: contributions (vector of float, with the columns' names as slot names) and their base (float),
/// the mean score of what the row is compared with. Base and contributions sum to the score: of two classes the <c>Score</c> column, the log-odds of true, calibrated as
/// <c>Probability</c> is; of several classes the log-odds of the predicted class against all others; of a regression the predicted number.</para>
/// <para>All slots that were made of one column, such as one-hot codes, count as that column, which their slot names tell: see <c>ml.Transforms.Concatenate</c>. A category
/// that the network embeds counts as one column, and a missing number with its indicator too.</para>
/// <para>The score's gradient is integrated along straight ways to the row from the means of groups of background rows, in the space that the network's layers compute in, numbers
/// scaled and categories as their vectors. Few points are looked at; what the sum lacks is added to the columns in proportion to the variance of their terms. A column that the
/// score does not depend on contributes 0. Of columns that go together, each is given what the network uses it for.</para>
/// <para>Works for <see cref="MlpArchitecture"/>, <see cref="ResidualMlpArchitecture"/>, <see cref="RealMlpArchitecture"/>, <see cref="TabMArchitecture"/>, and several of them that
/// predict together, without libtorch. One network takes a gradient for each group and step; several share the groups out, see <see cref="ExplanationOptions.NetworksOfGroup"/>. The model
/// file holds the networks a second time.</para>
/// </remarks>
public sealed class ExplanationTransformer : NetworkColumnsTransformer, IModelPart<ExplanationTransformer>
{
    internal const string LoaderSignature = "NetworkExplanation";

    private const string RowStream = "background.bin";

    // As many rows as there may be of the widest network that fits an array.
    private const int MostRowBytes = 1 << 30;

    private static readonly ModelFormat Format = new("EXPLAINS", LoaderSignature);

    private readonly ExplainedColumns _columns;
    private readonly IReadOnlyList<float[]> _background;
    private readonly IntegratedGradients _gradients;

    /// <param name="env">The environment.</param>
    /// <param name="network">The network, which can be explained.</param>
    /// <param name="options">The options, which are valid and have a seed.</param>
    /// <param name="featureColumnName">What the network reads; null for categories alone.</param>
    /// <param name="columns">What is explained.</param>
    /// <param name="background">Rows, as the model reads them; at least one.</param>
    internal ExplanationTransformer(
        IHostEnvironment env, TrainedNetwork network, ExplanationOptions options, string? featureColumnName, ExplainedColumns columns, IReadOnlyList<float[]> background)
        : base(env, LoaderSignature)
    {
        (Options, Trained, FeatureColumnName, _columns, _background) = (options, network, featureColumnName, columns, background);
        _gradients = IntegratedGradients.Of(network, columns, background, options) ?? throw Misfit(Host, network);
    }

    private ExplanationTransformer(IHostEnvironment env, ModelReader reader)
        : base(env, LoaderSignature)
    {
        // *** Binary format ***
        // string id: options as JSON, with the seed
        // string id: the column of features, or null
        // string id: the explained columns as JSON
        // string id: SHA-256 of the background rows
        // <the trained network's own streams>
        Options = ReadOptions<ExplanationOptions>(reader, "explanations", options => options.Validate(Host));
        FeatureColumnName = reader.ReadTextOrNull();
        _columns = ReadOptions<ExplainedColumns>(reader, "explained columns", _ => { });
        var checksum = reader.ReadText();
        Trained = TrainedNetworkFile.Load(Host, reader);
        var stream = reader.Find(Host, RowStream);
        var floats = MemoryMarshal.Cast<byte, float>(stream.Read(checksum, MostRowBytes)).ToArray();
        var width = Trained.FilledInput.Width;
        if (floats.Length == 0 || floats.Length % width > 0 || !_columns.Fit(Trained.Input))
            throw stream.Fault("is that of another network.");
        _background = [.. floats.Chunk(width)];
        _gradients = IntegratedGradients.Of(Trained, _columns, _background, Options)
            ?? throw Host.ExceptDecode("The explanations are of a network that has none.");
    }

    /// <summary>The options this transformer was created with, and the seed by which its background rows were chosen.</summary>
    public ExplanationOptions Options { get; }

    /// <summary>The columns whose contributions it tells, in the order of the slots.</summary>
    public IReadOnlyList<string> ColumnsExplained => _columns.Names;

    private protected override TrainedNetwork Trained { get; }

    private protected override string? FeatureColumnName { get; }

    private protected override IReadOnlyList<string> ColumnNames => [Options.ContributionsColumnName, Options.BaseColumnName];

    static ModelFormat IModelPart<ExplanationTransformer>.Format => Format;

    private protected override ModelFormat FileFormat => Format;

    internal override ExplanationTransformer WithNetwork(TrainedNetwork network) => new(Host, network, Options, FeatureColumnName, _columns, _background);

    static ExplanationTransformer IModelPart<ExplanationTransformer>.Read(IHostEnvironment env, ModelReader reader) => new(env, reader);

    private protected override void Write(ModelWriter writer)
    {
        // *** Binary format ***
        // string id: options as JSON, with the seed
        // string id: the column of features, or null
        // string id: the explained columns as JSON
        // string id: SHA-256 of the background rows
        // <the trained network's own streams>
        writer.Write(JsonSerializer.Serialize(Options, StrictJson.Options));
        writer.WriteOrNull(FeatureColumnName);
        writer.Write(JsonSerializer.Serialize(_columns, StrictJson.Options));
        writer.Write(writer.WriteStream(RowStream, MemoryMarshal.AsBytes<float>(_background.SelectMany(row => row).ToArray()).ToArray()));
        TrainedNetworkFile.Save(writer, Trained);
    }

    private protected override DataViewSchema.DetachedColumn[] OutputsFor(DataViewSchema schema) =>
    [
        new(Options.ContributionsColumnName, new VectorDataViewType(NumberDataViewType.Single, _columns.Names.Length), ClassAnnotations.Named(_columns.Names)),
        new(Options.BaseColumnName, NumberDataViewType.Single),
    ];

    private protected override void Compute(ReadOnlySpan<float> features, float[][] values) => values[1][0] = (float)_gradients.Attribute(features.ToArray(), values[0]);

    private static Exception Misfit(IExceptionContext context, TrainedNetwork network) => context.ExceptUserArg(
        nameof(network),
        $"Explain tells what columns of a table contribute, to networks that are Mlp, ResidualMlp, RealMlp or TabM and have no DropConnect with matched moments; but this network is {network.Architecture}, "
        + $"and its Recipe is '{network.Recipe}'.");
}
