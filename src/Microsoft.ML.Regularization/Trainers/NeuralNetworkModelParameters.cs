using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace Microsoft.ML.Regularization;

/// <summary>
/// A trained network: architecture, recipe, history and weights. Multilayer perceptrons, residual ones too, score in managed code, all others
/// by libtorch; both from many threads at once.
/// </summary>
/// <typeparam name="TOutput">What a row's score is.</typeparam>
public abstract class NeuralNetworkModelParameters<TOutput> : ModelParametersBase<TOutput>, INetworkPredictor, IValueMapper, IDisposable
{
    private readonly VectorDataViewType _inputType;

    private protected NeuralNetworkModelParameters(IHostEnvironment env, string name, TrainedNetwork network)
        : base(env, name)
    {
        Trained = network;
        _inputType = new VectorDataViewType(NumberDataViewType.Single, Trained.Input.Width);
        Scores = Trained.Task.CreateScores(Trained.Outputs, Trained.Link);
    }

    private protected NeuralNetworkModelParameters(IHostEnvironment env, string name, ModelLoadContext ctx, LearningTask task)
        : base(env, name, ctx)
    {
        // *** Binary format ***
        // int: sizeof(float), by the base class
        // <the trained network's own streams>
        Trained = TrainedNetwork.Load(Host, ctx, task);
        _inputType = new VectorDataViewType(NumberDataViewType.Single, Trained.Input.Width);
        Scores = Trained.Task.CreateScores(Trained.Outputs, Trained.Link);
    }

    /// <summary>The network's shape.</summary>
    public NetworkArchitecture Architecture => Trained.Architecture;

    /// <summary>The regularization it was trained with.</summary>
    public RegularizationRecipe Recipe => Trained.Recipe;

    /// <summary>How training went, epoch by epoch.</summary>
    public TrainingHistory History => Trained.Outcome.History;

    /// <summary>The trained parameters, the running statistics of batch normalization, and the scaling of the features.</summary>
    public IReadOnlyList<NetworkTensor> Weights => Trained.Outcome.Weights.Tensors;

    TrainedNetwork INeuralNetwork.Trained => Trained;

    DataViewType IValueMapper.InputType => _inputType;

    DataViewType IValueMapper.OutputType => Scores.ScoreType;

    private protected TrainedNetwork Trained { get; }

    private protected ScoreColumns Scores { get; }

    ISchemaBoundMapper ISchemaBindableMapper.Bind(IHostEnvironment env, RoleMappedSchema schema) => new NetworkRowMapper(Host, this, schema, Scores.Schema);

    Delegate INetworkPredictor.CreateGetter(INetworkOutputs prediction, int column) => Scores.CreateGetter(prediction, column);

    /// <summary>
    /// Frees what scoring holds of libtorch's memory, as soon as predictions that are under way are done; multilayer perceptrons hold none. The model
    /// stays as it is: a prediction that comes later takes the memory again.
    /// </summary>
    public void Dispose()
    {
        Trained.Dispose();
        GC.SuppressFinalize(this);
    }

    ValueMapper<TSource, TDestination> IValueMapper.GetMapper<TSource, TDestination>()
    {
        CheckTypes<TSource, TDestination>();
        return (ValueMapper<TSource, TDestination>)Scores.CreateMapper(CreateRowScorer());
    }

    private protected void CheckTypes<TSource, TDestination>()
    {
        Host.Check(typeof(TSource) == typeof(VBuffer<float>), "A neural network scores vectors of float.");
        Host.Check(typeof(TDestination) == typeof(TOutput), "The score is of another type.");
    }

    /// <summary>A function from a row to the network's outputs, for one thread.</summary>
    private protected RowScorer CreateRowScorer()
    {
        var dense = new float[Trained.Input.Width];
        var filled = new float[Trained.FilledInput.Width];
        var (sparse, filledSparse) = (new List<SlotValue>(), new List<SlotValue>());
        return (in VBuffer<float> source, Span<float> outputs) =>
        {
            if (source.Length != dense.Length)
                throw Host.Except($"The network takes {dense.Length} features, but the row has {source.Length}.");

            if (Trained.Scorer is SparseScorer scorer)
            {
                sparse.Clear();
                foreach (var (slot, value) in source.Items())
                {
                    if (value != 0)
                        sparse.Add(new SlotValue(slot, value));
                }

                if (MissingNumbers.Unify(CollectionsMarshal.AsSpan(sparse), Trained.Input.Numbers) is { } gap && Trained.Input.RefusesGaps)
                    throw Host.Except("A row is refused: " + MissingNumbers.Refusal(gap.Value, $"feature {gap.Slot}", isImage: false));
                var row = CollectionsMarshal.AsSpan(sparse);
                scorer.Score(Trained.Outcome.Imputation is { } fill ? fill.Apply(row, filledSparse) : row, outputs);
                return;
            }

            source.CopyTo(dense);
            var numbers = dense.AsSpan(0, Trained.Input.Numbers);
            if (MissingNumbers.AnyIn(numbers))
            {
                if (Trained.Input.RefusesGaps)
                    throw Host.Except("A row is refused: " + MissingNumbers.Refusal(numbers, slot => $"feature {slot}", Trained.Input.Image is not null));
                MissingNumbers.Unify(numbers);
            }

            if (Trained.Outcome.Imputation is not { } imputation)
            {
                Trained.Scorer.Score(dense, outputs);
                return;
            }

            imputation.Apply(dense, filled);
            Trained.Scorer.Score(filled, outputs);
        };
    }

    private protected void Save(ModelSaveContext ctx, VersionInfo version)
    {
        base.SaveCore(ctx);
        ctx.SetVersionInfo(version);
        Trained.Save(ctx);
    }

    private protected static VersionInfo Version(string modelSignature, string loaderSignature) => new(
        modelSignature: modelSignature,
        verWrittenCur: 0x00010003, // Layout of inputs
        verReadableCur: 0x00010003,
        verWeCanReadBack: 0x00010002, // Features were all that was read
        loaderSignature: loaderSignature,
        loaderAssemblyName: typeof(INeuralNetwork).Assembly.FullName);
}
