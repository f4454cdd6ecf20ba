using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Regularization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Scoring;
using Microsoft.ML.Runtime;

[assembly: LoadableClass(
    typeof(MonteCarloTransformer), typeof(ModelLoader<MonteCarloTransformer>), null, typeof(SignatureLoadModel), "", MonteCarloTransformer.LoaderSignature)]

namespace Microsoft.ML.Regularization;

/// <summary>
/// Monte-Carlo prediction: how much a network's prediction moves under the noise it was trained with, as a measure of the network's uncertainty about a row
/// (Gal and Ghahramani, "Dropout as a Bayesian approximation: representing model uncertainty in deep learning", 2016).
/// </summary>
/// <remarks>
/// <para>Input columns: those that the network was trained on. Output columns: the mean and the standard deviation (with passes - 1 in the denominator) of the
/// predictions of <see cref="MonteCarloOptions.Passes"/> networks: vectors of float with the probabilities of the classes, named by the slot names of the
/// model's score column where the rows have one; for a binary classification a float about the probability of true; for a regression a float in the
/// target's units. The deviation of a regression is that of the network's function, without the noise of the targets.</para>
/// <para>Of a model of several networks (<see cref="NeuralNetworkOptions.Members"/>, <see cref="NeuralNetworkOptions.Folds"/>,
/// <see cref="NeuralNetworkOptions.Pack"/>) each pass draws noise for one of them; passes are dealt out by the networks' shares in the mean, one at least to each.
/// Mean and deviation are then those of all: the variance is the mean of the variances within the networks, each with its passes - 1 in the denominator, plus the
/// variance between the networks' means (the law of total variance), less what the noise of so few passes adds to the latter. Without noise, or with dropout 0, that is
/// the deviation of <see cref="MemberDeviationTransformer"/>; of a single network it is the one above. Where a network has one pass, its noise counts only by the little
/// that it moves the mean, so better take twice as many passes as networks or more. Probabilities are calibrated as the model's are.</para>
/// <para>The networks are drawn once and for all: noise is a function of seed, pass, layer and unit, not of the row. The paper draws anew for
/// each row. Each row's mean and deviation have the same distribution either way; drawn once, they depend neither on other rows nor on their order,
/// on threads, or on how often they are asked for, and two rows are compared by the same networks. Errors of several rows' means are not
/// independent: more passes make them smaller, more rows do not.</para>
/// <para>Noise is the recipe's: <see cref="RegularizationRecipe.Dropout"/> and <see cref="RegularizationRecipe.StochasticDepth"/>. Batch normalization keeps
/// the running statistics it scores with. The model file holds the network a second time, in addition to the predictor it belongs to. Packages required:
/// Microsoft.ML.Regularization and, for networks that libtorch scores, TorchSharp-cpu; there each pass is a forward pass of the row, one row at a
/// time.</para>
/// </remarks>
public sealed class MonteCarloTransformer : NetworkColumnsTransformer, IModelPart<MonteCarloTransformer>, IDisposable
{
    internal const string LoaderSignature = "MonteCarloPrediction";

    private static readonly ModelFormat Format = new("MONTECAR", LoaderSignature);

    private readonly MonteCarloPasses _passes;

    /// <param name="env">The environment.</param>
    /// <param name="network">The network.</param>
    /// <param name="options">The options, which are valid and have a seed.</param>
    internal MonteCarloTransformer(IHostEnvironment env, TrainedNetwork network, MonteCarloOptions options)
        : base(env, LoaderSignature)
    {
        Options = options;
        Trained = network;
        if (Options.Passes < network.Members.Count)
        {
            throw Host.ExceptUserArg(
                nameof(Options.Passes),
                $"Passes is {Options.Passes}, but this model is the mean of {network.Members.Count} networks, each of which is drawn once at least: set Passes to "
                + $"{network.Members.Count} or more.");
        }

        _passes = new MonteCarloPasses(Trained, Options.Passes, Options.Seed!.Value);
        if (_passes.AreAlike)
        {
            throw Host.ExceptUserArg(
                nameof(network),
                $"Monte-Carlo prediction repeats the noise of training, but this network, {Trained.Architecture}, was trained without any: its Recipe is "
                + $"'{Trained.Recipe}'. Train it with {nameof(RegularizationRecipe)}.{nameof(RegularizationRecipe.Dropout)} behind at least one hidden layer, "
                + $"or with {nameof(RegularizationRecipe.StochasticDepth)}.");
        }
    }

    private MonteCarloTransformer(IHostEnvironment env, ModelReader reader)
        : base(env, LoaderSignature)
    {
        // *** Binary format ***
        // string id: options as JSON, with the seed
        // <the trained network's own streams>
        Options = ReadOptions<MonteCarloOptions>(reader, "Monte-Carlo prediction", options => options.Validate(Host));
        Host.CheckDecode(Options.Seed is not null, "The options of Monte-Carlo prediction lack the seed.");
        Trained = TrainedNetworkFile.Load(Host, reader);
        Host.CheckDecode(Options.Passes >= Trained.Members.Count, "Monte-Carlo prediction has fewer passes than networks.");
        _passes = new MonteCarloPasses(Trained, Options.Passes, Options.Seed!.Value);
    }

    /// <summary>The options this transformer was created with, and the seed it draws with.</summary>
    public MonteCarloOptions Options { get; }

    private protected override TrainedNetwork Trained { get; }

    private protected override string? FeatureColumnName => Options.FeatureColumnName;

    private protected override IReadOnlyList<string> ColumnNames => [Options.MeanColumnName, Options.DeviationColumnName];

    /// <summary>
    /// Frees the libtorch memory of prediction as soon as running predictions are done; networks that score in managed code hold none. The transformer
    /// remains usable: a later prediction allocates the memory again.
    /// </summary>
    public void Dispose() => _passes.Dispose();

    static ModelFormat IModelPart<MonteCarloTransformer>.Format => Format;

    private protected override ModelFormat FileFormat => Format;

    internal override MonteCarloTransformer WithNetwork(TrainedNetwork network) => new(Host, network, Options);

    static MonteCarloTransformer IModelPart<MonteCarloTransformer>.Read(IHostEnvironment env, ModelReader reader) => new(env, reader);

    private protected override void Write(ModelWriter writer)
    {
        // *** Binary format ***
        // string id: options as JSON, with the seed
        // <the trained network's own streams>
        writer.Write(JsonSerializer.Serialize(Options, StrictJson.Options));
        TrainedNetworkFile.Save(writer, Trained);
    }

    private protected override void Compute(ReadOnlySpan<float> features, float[][] values) => _passes.Predict(features, values[0], values[1]);
}
