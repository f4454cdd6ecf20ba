using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Regularization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Scoring;
using Microsoft.ML.Runtime;

[assembly: LoadableClass(
    typeof(MemberDeviationTransformer), typeof(ModelLoader<MemberDeviationTransformer>), null, typeof(SignatureLoadModel), "", MemberDeviationTransformer.LoaderSignature)]

namespace Microsoft.ML.Regularization;

/// <summary>
/// How much the members of a model disagree about a row: the standard deviation of their predictions, whose mean the model predicts. Large where the rows
/// trained on say little, as a measure of the model's uncertainty (Lakshminarayanan, Pritzel and Blundell, "Simple and scalable predictive uncertainty estimation
/// using deep ensembles", 2017).
/// </summary>
/// <remarks>
/// <para>Members are the networks of <see cref="NeuralNetworkOptions.Members"/>, <see cref="NeuralNetworkOptions.Folds"/> or
/// <see cref="NeuralNetworkOptions.Pack"/>; or, of a single network, those inside a <see cref="TabMArchitecture"/>. Of several networks that are TabM themselves each
/// one is a member.</para>
/// <para>Input columns: those that the model was trained on. Output column: the deviation of the members' probabilities of each class (vector of float, named by the
/// slot names of the model's score column where the rows have one); for a binary classification of their probabilities of true (float), from 0 (all agree) to 0.5
/// (half of them are sure of true, half of false); for a regression of their predicted numbers, in the target's units (float).</para>
/// <para>It is that of the whole population, the root of the sum of s (p - m)^2 over the members, for a member's prediction p, their mean m and the member's share
/// s in the mean, which is 1 / members but in a pack: the mean is over just these members, and none is left out. The members' probabilities are calibrated as the
/// model's are: see <see cref="Calibration"/>. Where a bag or pack has come to a single network, the deviation is 0.</para>
/// <para>Rows are scored by all members once more, one row at a time; the model file holds the networks a second time. Packages required:
/// Microsoft.ML.Regularization and, for networks that libtorch scores, TorchSharp-cpu.</para>
/// </remarks>
public sealed class MemberDeviationTransformer : NetworkColumnsTransformer, IModelPart<MemberDeviationTransformer>, IDisposable
{
    internal const string LoaderSignature = "MemberDeviation";

    private static readonly ModelFormat Format = new("MEMBERDV", LoaderSignature);

    private readonly MemberPredictions _members;

    /// <param name="env">The environment.</param>
    /// <param name="network">The network.</param>
    /// <param name="options">The options, which are valid.</param>
    internal MemberDeviationTransformer(IHostEnvironment env, TrainedNetwork network, MemberDeviationOptions options)
        : base(env, LoaderSignature)
    {
        (Options, Trained) = (options, network);
        _members = MemberPredictions.Of(network) ?? throw Host.ExceptUserArg(
            nameof(network),
            $"The members' deviation is about a model of several members, but this network, {network.Architecture}, predicts by itself. Members are what the trainer's "
            + "options Members, Folds and Pack give, and NetworkArchitecture.TabM with Members above 1.");
    }

    private MemberDeviationTransformer(IHostEnvironment env, ModelReader reader)
        : base(env, LoaderSignature)
    {
        // *** Binary format ***
        // string id: options as JSON
        // <the trained network's own streams>
        Options = ReadOptions<MemberDeviationOptions>(reader, "the members' deviation", options => options.Validate(Host));
        Trained = TrainedNetworkFile.Load(Host, reader);
        _members = MemberPredictions.Of(Trained) ?? throw Host.ExceptDecode("The members' deviation is of a network without members.");
    }

    /// <summary>The options this transformer was created with.</summary>
    public MemberDeviationOptions Options { get; }

    private protected override TrainedNetwork Trained { get; }

    private protected override string? FeatureColumnName => Options.FeatureColumnName;

    private protected override IReadOnlyList<string> ColumnNames => [Options.DeviationColumnName];

    /// <summary>
    /// Frees the libtorch memory of scoring as soon as running predictions are done; networks that score in managed code hold none. The transformer remains
    /// usable: a later prediction allocates the memory again.
    /// </summary>
    public void Dispose() => Trained.Release();

    static ModelFormat IModelPart<MemberDeviationTransformer>.Format => Format;

    private protected override ModelFormat FileFormat => Format;

    internal override MemberDeviationTransformer WithNetwork(TrainedNetwork network) => new(Host, network, Options);

    static MemberDeviationTransformer IModelPart<MemberDeviationTransformer>.Read(IHostEnvironment env, ModelReader reader) => new(env, reader);

    private protected override void Write(ModelWriter writer)
    {
        // *** Binary format ***
        // string id: options as JSON
        // <the trained network's own streams>
        writer.Write(JsonSerializer.Serialize(Options, StrictJson.Options));
        TrainedNetworkFile.Save(writer, Trained);
    }

    private protected override void Compute(ReadOnlySpan<float> features, float[][] values) => _members.Deviate(features, values[0]);
}
