namespace Microsoft.ML.Regularization;

/// <summary>The networks that a trainer can be given, as members of <see cref="NetworkArchitecture"/>: <c>NetworkArchitecture.Mlp(256, 256)</c>.</summary>
public static class NetworkArchitectures
{
    extension(NetworkArchitecture)
    {
        /// <summary>
        /// A multilayer perceptron with the given hidden layers; change activation or normalization by <c>with</c>:
        /// <c>NetworkArchitecture.Mlp(256, 256) with { Activation = Activation.GELU }</c>.
        /// </summary>
        /// <param name="hiddenSizes">Units of each hidden layer, from input to output, each at least 1. None at all gives a linear model.</param>
        public static MlpArchitecture Mlp(params int[] hiddenSizes)
        {
            ArgumentNullException.ThrowIfNull(hiddenSizes);
            return new MlpArchitecture { HiddenSizes = [.. hiddenSizes] };
        }

        /// <summary>
        /// A residual network for tables; change activation or normalization by <c>with</c>:
        /// <c>NetworkArchitecture.ResidualMlp(blocks: 8) with { Normalization = Normalization.Layer }</c>.
        /// </summary>
        /// <param name="width">Units of the stream that blocks add to, from 1 to 65536.</param>
        /// <param name="blocks">Residual blocks, from 1 to 1024.</param>
        /// <param name="hiddenFactor">Hidden units of a block as a multiple of the width, from 1/16 to 16.</param>
        public static ResidualMlpArchitecture ResidualMlp(int width = 128, int blocks = 4, double hiddenFactor = 2) =>
            new() { Width = width, Blocks = blocks, HiddenFactor = hiddenFactor };

        /// <summary>
        /// RealMLP, a strong default for tables: a multilayer perceptron with parts and settings that were tuned on many tables at once. Options left null
        /// take these settings. See <see cref="RealMlpArchitecture"/>.
        /// </summary>
        /// <param name="activation">Null for the paper's: <see cref="Activation.SELU"/> for classes, <see cref="Activation.Mish"/> for numbers.</param>
        public static RealMlpArchitecture RealMlp(Activation? activation = null) => new() { Activation = activation };

        /// <summary>
        /// TabM, an ensemble of perceptrons for tables that share their hidden layers; change the rest by <c>with</c>:
        /// <c>NetworkArchitecture.TabM(32, 512, 512) with { NumericalEmbedding = null }</c>. Options left null take its package's settings. See
        /// <see cref="TabMArchitecture"/>.
        /// </summary>
        /// <param name="members">Members of the ensemble, from 1 (one perceptron) to 256.</param>
        /// <param name="hiddenSizes">Units of each hidden layer, from input to output, each from 1 to 65536; none for 256, 256.</param>
        public static TabMArchitecture TabM(int members = 16, params int[] hiddenSizes)
        {
            ArgumentNullException.ThrowIfNull(hiddenSizes);
            return hiddenSizes.Length == 0 ? new TabMArchitecture { Members = members } : new TabMArchitecture { Members = members, HiddenSizes = [.. hiddenSizes] };
        }

        /// <summary>
        /// A convolutional network for images; change pooling, normalization or the layers after the blocks by <c>with</c>:
        /// <c>NetworkArchitecture.ConvNet(32, 64) with { Flattens = true, HiddenSize = 128 }</c>.
        /// </summary>
        /// <param name="channels">Feature maps of each block, from input to output, each from 1 to 4096.</param>
        public static ConvNetArchitecture ConvNet(params int[] channels)
        {
            ArgumentNullException.ThrowIfNull(channels);
            return new ConvNetArchitecture { Channels = [.. channels] };
        }

        /// <summary>
        /// A residual network for small images; change normalization or activation by <c>with</c>:
        /// <c>NetworkArchitecture.ResNet(32) with { Normalization = Normalization.Layer }</c>.
        /// </summary>
        /// <param name="depth">Layers with weights: 6 n + 2 for n blocks in each of three stages, from 8 to 1202.</param>
        /// <param name="width">Maps of the first stage, from 1 to 1024.</param>
        /// <param name="preActivation">Whether normalization and activation come before the convolutions.</param>
        public static ResNetArchitecture ResNet(int depth = 20, int width = 16, bool preActivation = false) =>
            new() { Depth = depth, Width = width, PreActivation = preActivation };

        /// <summary>
        /// The residual network for photos, whose published weights training can start from; change more by <c>with</c>:
        /// <c>NetworkArchitecture.ImageNetResNet(18) with { Resolution = 224 }</c>.
        /// </summary>
        /// <param name="depth">Layers with weights as published: 18, 34, 50, 101 or 152; from 50 on, blocks are bottlenecks.</param>
        /// <exception cref="ArgumentOutOfRangeException">The depth is another one.</exception>
        public static ImageNetResNetArchitecture ImageNetResNet(int depth = 18) => new()
        {
            Blocks = depth switch
            {
                18 => [2, 2, 2, 2],
                34 or 50 => [3, 4, 6, 3],
                101 => [3, 4, 23, 3],
                152 => [3, 8, 36, 3],
                _ => throw new ArgumentOutOfRangeException(nameof(depth), depth, "depth must be 18, 34, 50, 101 or 152; other networks set Blocks."),
            },
            HasBottlenecks = depth >= 50,
        };

        /// <summary>
        /// A vision transformer for images; change more by <c>with</c>:
        /// <c>NetworkArchitecture.VisionTransformer(patch: 7) with { Pooling = TokenPooling.Mean }</c>.
        /// </summary>
        /// <param name="patch">Pixels of a patch's side, at least 1; it must divide height and width of the images.</param>
        /// <param name="width">Units of a token, from 1 to 16384.</param>
        /// <param name="depth">Blocks, from 1 to 256.</param>
        /// <param name="heads">Heads of attention; they must divide the width.</param>
        public static VisionTransformerArchitecture VisionTransformer(int patch = 4, int width = 128, int depth = 4, int heads = 4) =>
            new() { PatchSize = patch, Width = width, Depth = depth, Heads = heads };

        /// <summary>
        /// A transformer for texts, which it reads as tokens; change more by <c>with</c>:
        /// <c>NetworkArchitecture.TextTransformer(depth: 4) with { Pooling = TokenPooling.ClassToken }</c>.
        /// </summary>
        /// <param name="width">Units of a token, from 1 to 16384.</param>
        /// <param name="depth">Blocks, from 1 to 256.</param>
        /// <param name="heads">Heads of attention; they must divide the width.</param>
        /// <param name="maxLength">Tokens of a text that are read, from 1 to 8192.</param>
        public static TextTransformerArchitecture TextTransformer(int width = 128, int depth = 2, int heads = 4, int maxLength = 64) =>
            new() { Width = width, Depth = depth, Heads = heads, MaxLength = maxLength };

        /// <summary>
        /// BERT, a transformer for texts whose published weights training can start from; its texts begin with [CLS] and end with [SEP], as
        /// <c>SubwordVocabulary.WordPiece(path, addSpecialTokens: true)</c> makes them. all-MiniLM-L6-v2 is <c>Bert(384, 6, 12)</c>, bert-base <c>Bert(768, 12, 12)</c>.
        /// </summary>
        /// <param name="width">Units of a token, from 1 to 16384.</param>
        /// <param name="depth">Blocks, from 1 to 256.</param>
        /// <param name="heads">Heads of attention; they must divide the width.</param>
        /// <param name="maxLength">Tokens of a text that are read, [CLS] and [SEP] included, from 1 to 8192, and at most as many as were published, mostly 512.</param>
        public static TextTransformerArchitecture Bert(int width = 384, int depth = 6, int heads = 12, int maxLength = 128) => new()
        {
            Form = TransformerForm.Bert, Width = width, Depth = depth, Heads = heads, MaxLength = maxLength, NormalizationEpsilon = 1e-12,
        };

        /// <summary>
        /// Long short-term memory for sequences and texts; change the rest by <c>with</c>:
        /// <c>NetworkArchitecture.Lstm(layers: 2) with { Pooling = SequencePooling.Mean }</c>.
        /// </summary>
        /// <param name="hiddenSize">Units of each layer's state, in each direction; from 1 to 65536.</param>
        /// <param name="layers">Layers, from 1 to 64.</param>
        /// <param name="bidirectional">Whether each layer also reads backwards.</param>
        public static LstmArchitecture Lstm(int hiddenSize = 128, int layers = 1, bool bidirectional = false) =>
            new() { HiddenSize = hiddenSize, Layers = layers, Bidirectional = bidirectional };

        /// <summary>
        /// Gated recurrent units for sequences and texts, a quarter smaller than <see cref="LstmArchitecture"/>; change the rest by <c>with</c>:
        /// <c>NetworkArchitecture.Gru(64) with { Bidirectional = true }</c>.
        /// </summary>
        /// <param name="hiddenSize">Units of each layer's state, in each direction; from 1 to 65536.</param>
        /// <param name="layers">Layers, from 1 to 64.</param>
        /// <param name="bidirectional">Whether each layer also reads backwards.</param>
        public static GruArchitecture Gru(int hiddenSize = 128, int layers = 1, bool bidirectional = false) =>
            new() { HiddenSize = hiddenSize, Layers = layers, Bidirectional = bidirectional };

        /// <summary>A user-defined network of TorchSharp modules; it is trained, saved and scored like all others.</summary>
        /// <param name="factory">
        /// Creates the module. A model file stores its type and its public properties: see <see cref="ICustomNetwork"/>.
        /// </param>
        /// <exception cref="InvalidOperationException">The type has no public parameterless constructor, or cannot be created from JSON.</exception>
        /// <exception cref="ArgumentOutOfRangeException">Its properties do not survive a round trip through JSON.</exception>
        public static CustomArchitecture Custom(ICustomNetwork factory)
        {
            ArgumentNullException.ThrowIfNull(factory);
            return CustomArchitecture.Of(factory);
        }
    }
}
