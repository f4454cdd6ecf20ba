using System.Text;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
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
/// <para>The networks are drawn once and for all: noise is a function of seed, pass, layer and unit, not of the row. The paper draws anew for
/// each row. Each row's mean and deviation have the same distribution either way; drawn once, they depend neither on other rows nor on their order,
/// on threads, or on how often they are asked for, and two rows are compared by the same networks. Errors of several rows' means are not
/// independent: more passes make them smaller, more rows do not.</para>
/// <para>Noise is the recipe's: <see cref="RegularizationRecipe.Dropout"/> and <see cref="RegularizationRecipe.StochasticDepth"/>. Batch normalization keeps
/// the running statistics it scores with. The model file holds the network a second time, in addition to the predictor it belongs to. Packages required:
/// Microsoft.ML.Regularization and, for networks that libtorch scores, TorchSharp-cpu; there each pass is a forward pass of the row, one row at a
/// time.</para>
/// </remarks>
public sealed class MonteCarloTransformer : RowMappingTransformer, IModelPart<MonteCarloTransformer>, IDisposable
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
        if (network.IsEnsemble)
        {
            throw Host.ExceptUserArg(
                nameof(network),
                $"Monte-Carlo prediction repeats the noise of one network, but this model is the mean of {network.Members.Count}. Take one of them, as in "
                + "ml.Transforms.MonteCarlo(model.GetNeuralNetwork().Members[0]).");
        }

        _passes = new MonteCarloPasses(Host, Trained, Options.Passes, Options.Seed!.Value);
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
        var json = reader.ReadText();
        try
        {
            Options = StrictJson.Read<MonteCarloOptions>(Encoding.UTF8.GetBytes(json));
            Options.Validate(Host);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw Host.ExceptDecode(
                exception, "The options of Monte-Carlo prediction cannot be read: the model file is damaged or was written by a newer version.");
        }

        Host.CheckDecode(Options.Seed is not null, "The options of Monte-Carlo prediction lack the seed.");
        Trained = TrainedNetworkFile.Load(Host, reader);
        Host.CheckDecode(!Trained.IsEnsemble, "Monte-Carlo prediction is of one network.");
        _passes = new MonteCarloPasses(Host, Trained, Options.Passes, Options.Seed!.Value);
    }

    /// <summary>The options this transformer was created with, and the seed it draws with.</summary>
    public MonteCarloOptions Options { get; }

    /// <summary>The type of mean and deviation.</summary>
    internal DataViewType PredictionType => Trained.Task.PredictionType(Trained.Outputs);

    private TrainedNetwork Trained { get; }

    /// <summary>
    /// Frees the libtorch memory of prediction as soon as running predictions are done; networks that score in managed code hold none. The transformer
    /// remains usable: a later prediction allocates the memory again.
    /// </summary>
    public void Dispose() => _passes.Dispose();

    static ModelFormat IModelPart<MonteCarloTransformer>.Format => Format;

    private protected override ModelFormat FileFormat => Format;

    /// <summary>The same predictions of another network.</summary>
    internal MonteCarloTransformer WithNetwork(TrainedNetwork network) => new(Host, network, Options);

    static MonteCarloTransformer IModelPart<MonteCarloTransformer>.Read(IHostEnvironment env, ModelReader reader) => new(env, reader);

    private protected override void Write(ModelWriter writer)
    {
        // *** Binary format ***
        // string id: options as JSON, with the seed
        // <the trained network's own streams>
        writer.Write(JsonSerializer.Serialize(Options, StrictJson.Options));
        TrainedNetworkFile.Save(writer, Trained);
    }

    private protected override RowMapping Bind(DataViewSchema schema) => new Mapping(this, schema);

    private sealed class Mapping(MonteCarloTransformer parent, DataViewSchema schema) : RowMapping
    {
        private readonly InputColumns _columns =
            InputColumns.Find(parent.Host, schema, parent.Options.FeatureColumnName, parent.Trained.Input, parent.Trained.Keys);

        public override DataViewSchema.DetachedColumn[] Outputs { get; } =
            [.. new[] { parent.Options.MeanColumnName, parent.Options.DeviationColumnName }.Select(name => OutputOf(parent.PredictionType, name, schema))];

        public override bool Reads(int column) => _columns.All.Any(read => read.Index == column);

        public override Delegate[] CreateGetters(DataViewRow row, Func<int, bool> isActive)
        {
            var spread = new Spread(parent, row, _columns);
            return [.. Enumerable.Range(0, 2).Select(output => isActive(output) ? CreateGetter(spread, output) : null!)];
        }

        private static DataViewSchema.DetachedColumn OutputOf(DataViewType type, string name, DataViewSchema schema) =>
            new(name, type, ClassAnnotations.OfScores(schema, type));

        private Delegate CreateGetter(Spread spread, int output)
        {
            if (parent.PredictionType is not VectorDataViewType)
                return (ValueGetter<float>)((ref float value) => value = spread.Current[output][0]);

            return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
            {
                var current = spread.Current[output];
                var editor = VBufferEditor.Create(ref value, current.Length);
                current.CopyTo(editor.Values);
                value = editor.Commit();
            });
        }
    }

    /// <summary>Mean and deviation of a cursor's current row, computed once for both columns.</summary>
    private sealed class Spread(MonteCarloTransformer parent, DataViewRow row, InputColumns columns)
    {
        private readonly RowInput _input = new(parent.Host, parent.Trained, columns, row);
        private readonly float[][] _current = [new float[parent.Trained.Outputs], new float[parent.Trained.Outputs]];
        private long _position = long.MinValue;

        public float[][] Current
        {
            get
            {
                if (_position != row.Position)
                {
                    parent._passes.Predict(_input.Read(), _current[0], _current[1]);
                    _input.CheckOutputs(_current[0], row.Position);
                    _position = row.Position;
                }

                return _current;
            }
        }
    }
}
