using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The shape of a network, without its weights. Compares by value; survives JSON and the model file.
/// Records outside of the library cannot derive from it.
/// </summary>
[Union("network")]
public abstract record NetworkArchitecture
{
    // All weights are one span of bytes; biases and gaps take the little that is left.
    internal const int MostWeights = 500_000_000;

    private protected NetworkArchitecture()
    {
    }

    internal abstract void Validate(IExceptionContext context);

    /// <summary>
    /// Refuses recipes that need what this network does not offer; the message names both. Recipe and network are each valid by themselves.
    /// </summary>
    /// <param name="context">For errors.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="input">The input of the network; null if it is not known yet.</param>
    internal void CheckRecipe(IExceptionContext context, RegularizationRecipe recipe, InputLayout? input = null)
    {
        var offers = HiddenActivation == Activation.SELU ? Offers | Capabilities.SeluActivation : Offers;
        if (input?.Text is not null || Takes == NetworkInputs.Texts)
            offers &= ~Capabilities.MovableInputs;
        Compatibility.Check(context, recipe.Demands(), new NetworkCounterpart(ToString(), offers, Lack));
    }

    /// <summary>The one of all hidden layers; null where there is no such.</summary>
    internal virtual Activation? HiddenActivation => null;

    /// <summary>The capabilities that it offers to regularization techniques, except those that follow from activation and input.</summary>
    internal abstract Capabilities Offers { get; }

    /// <summary>Says what is missing, in words that follow the architecture's own.</summary>
    private protected virtual string Lack(Capabilities missing) => missing switch
    {
        Capabilities.NoisyLayers => "which has no layers that the recipe's noise could stand behind",
        Capabilities.MaskedWeights => "which has no hidden weights that the recipe could mask",
        Capabilities.LinearLayers => "which has other layers than linear ones",
        Capabilities.Maps => "which has no feature maps",
        Capabilities.ResidualBlocks => "which has no residual blocks",
        Capabilities.MixableStates => "which has no states whose rows could be mixed",
        Capabilities.SeluActivation when HiddenActivation is null => "which has no Activation for all hidden layers",
        Capabilities.SeluActivation => $"whose Activation is {HiddenActivation}",
        Capabilities.MovableInputs => "which reads texts, whose tokens cannot be moved a little",
        _ => throw new ArgumentOutOfRangeException(nameof(missing), missing, message: null),
    };

    /// <summary>The inputs that it can read.</summary>
    internal virtual NetworkInputs Takes => NetworkInputs.Numbers;

    /// <summary>Tokens of a text that it reads, where it reads texts.</summary>
    internal virtual int MaxTokens => 0;

    /// <summary>Whether it keeps the last token of a longer text: see <see cref="TextInput.KeepsLastToken"/>.</summary>
    internal virtual bool KeepsLastToken => false;

    /// <summary>The settings it is trained with where the options leave them null.</summary>
    /// <param name="hasClasses">Whether it is a classifier; otherwise it predicts numbers.</param>
    internal virtual TrainingDefaults DefaultsFor(bool hasClasses) => new() { InputScaling = UsualScaling, LearningRate = UsualLearningRate(hasClasses) };

    /// <summary>The learning rate under Adam where the options leave it null.</summary>
    private protected virtual double UsualLearningRate(bool hasClasses) => 1e-3;

    /// <summary>The greatest <see cref="DecayFactor"/> of its parameters, and at least 1, that of matrices.</summary>
    internal virtual double GreatestDecayFactor => 1;

    /// <summary>The architecture, with the choices it leaves to the task filled in.</summary>
    /// <param name="hasClasses">Whether it is a classifier; otherwise it predicts numbers.</param>
    internal virtual NetworkArchitecture ForTask(bool hasClasses) => this;

    /// <summary>How numbers are scaled where the options leave it null.</summary>
    internal virtual InputScaling UsualScaling => InputScaling.RobustSmoothClip;

    /// <summary>What it makes of each number before its first layer; null for nothing.</summary>
    internal virtual NumericalEmbedding? UsedEmbedding => null;

    /// <summary>Whether its first layer multiplies sparse rows as such.</summary>
    internal virtual bool TakesSparseRows => false;

    /// <summary>Whether trained networks score in managed code; else libtorch scores them.</summary>
    internal virtual bool ScoresInManagedCode => false;

    /// <summary>Whether the noise of training is drawn there too, for Monte Carlo prediction.</summary>
    internal virtual bool DrawsInManagedCode => ScoresInManagedCode;

    /// <summary>Its layers, from rows on a common scale; null where they are not described, and the network cannot be exported.</summary>
    /// <param name="input">The layout of its input.</param>
    /// <param name="outputs">Its outputs.</param>
    internal virtual IReadOnlyList<LayerDescription>? Describe(InputLayout input, int outputs) => null;

    /// <summary>Creates the scorer of a trained network.</summary>
    internal virtual INetworkScorer CreateScorer(TrainedParts parts) => new TorchScorer(Restore(parts));

    /// <summary>Members inside the network, whose mean it predicts; 1 where it has none.</summary>
    internal virtual int MemberCount => 1;

    /// <summary>Creates a scorer of a trained network's members: instead of the outputs of a row it gives those of each member, (members, outputs).</summary>
    internal virtual INetworkScorer CreateMemberScorer(TrainedParts parts) => CreateScorer(parts);

    /// <summary>A trained network's torch module.</summary>
    /// <param name="parts">The parts of the network that scoring needs.</param>
    /// <param name="noise">Draws the noise of training; null to score without noise.</param>
    internal RestoredNetwork Restore(TrainedParts parts, RandomKey? noise = null) =>
        new(parts, ToString(), builder => CreateNetwork(parts.Input, parts.Outputs, builder), noise);

    /// <summary>
    /// Up to how many threads it trains faster with libtorch on one thread: the library's products gain more than all else loses. 0 for never. See
    /// <see cref="TrainingThreads"/>.
    /// </summary>
    internal virtual int TeamThreads => 0;

    /// <summary>Whether it trains faster where the process keeps the memory that a step frees: see <see cref="KeptMemory"/>.</summary>
    internal virtual bool GainsByKeptMemory => false;

    /// <summary>For networks that are mostly products of rows with weights, but not all of them.</summary>
    private protected const int FewThreads = 4;

    /// <summary>Whether its initial weights are fitted to training rows: see <see cref="Network.InitializeFrom"/>.</summary>
    internal virtual bool InitializesFromRows => false;

    /// <summary>Whether a training batch of a single row cannot be normalized.</summary>
    internal abstract bool NeedsTwoRowsPerBatch { get; }

    /// <summary>The states that <see cref="ManifoldMixup"/> can mix rows at, numbered from 0: see <see cref="Network.MixAt"/>.</summary>
    internal abstract int MixableStates { get; }

    /// <summary>Number of trained parameters, or of the largest part of them; 0 if unknown.</summary>
    /// <param name="input">The layout of its input.</param>
    /// <param name="outputs">Its outputs.</param>
    internal virtual double WeightsOf(InputLayout input, double outputs) => 0;

    /// <summary>The numbers that a network for tables makes of a row: behind the embeddings, in all hidden layers, and in its widest layer; 0 where that is not known.</summary>
    /// <param name="input">The layout of its input.</param>
    internal virtual (double Input, double Hidden, double Widest) UnitsOf(InputLayout input) => default;

    /// <summary>Those of a table with a vector for each value of a category, or for each token; 0 where there is none.</summary>
    /// <param name="values">Values or tokens.</param>
    internal virtual double TableWeights(double values) => 0;

    /// <summary>Builds the torch module: rows of the input (batch, width) to outputs (batch, outputs).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The architecture cannot take such an input; the message names what is in the way.</exception>
    internal abstract Network CreateNetwork(InputLayout input, int outputs, NetworkBuilder builder);

    /// <summary>Lists the tensors that the network has, as <see cref="CreateNetwork"/> makes them.</summary>
    internal abstract void ListTensors(TensorList tensors, InputLayout input, int outputs);

    /// <summary>Refuses inputs that the network cannot take; the message names what is in the way.</summary>
    /// <param name="context">For errors; null where there is none.</param>
    /// <param name="input">The layout of its input.</param>
    /// <exception cref="ArgumentOutOfRangeException">The architecture cannot take such an input.</exception>
    internal virtual void CheckInput(IExceptionContext? context, InputLayout input)
    {
    }

    /// <summary>Refuses more weights than one tensor holds, before any is made.</summary>
    private protected void CheckMemory(string option, InputLayout input, int outputs)
    {
        var weights = WeightsOf(input, outputs);
        if (weights > MostWeights)
        {
            throw Contracts.ExceptUserArg(
                option, $"{this} of {input} and {outputs} classes has {weights:0} weights; at most {MostWeights} fit into one tensor's memory.");
        }
    }
}
