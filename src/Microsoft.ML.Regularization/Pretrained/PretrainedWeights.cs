using System.Security.Cryptography;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Pretrained;
using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Weights of a network that training starts from: published ones, in a file on disk, or those that <see cref="NeuralNetworkTrainer{TTransformer, TModel}.Pretrain"/>
/// made of rows without labels. See <see cref="NeuralNetworkOptions.Pretrained"/>. The library downloads nothing. Tensors of 16, 32 and 64-bit floating-point numbers
/// are read, brain floats too.
/// </summary>
/// <remarks>
/// <para>
/// Names of published networks are known for <see cref="ImageNetResNetArchitecture"/> (torchvision's; in ONNX files without such names the graph tells which
/// convolution is which), <see cref="VisionTransformerArchitecture"/> (timm's, of ViT and DeiT) and <see cref="TextTransformerArchitecture"/> of
/// <see cref="TransformerForm.Bert"/> (BERT's) and <see cref="TextTransformerArchitecture"/> (BERT's). A prefix before
/// all of them does not matter. Other networks are read under the names of the library's own tensors, which a model's <c>Weights</c> list. <see cref="Names"/>
/// renames what is called otherwise.
/// </para>
/// <para>
/// Nothing is taken half: every tensor of the network but those of its last layer, which is new, must be in the file in the right shape, and every tensor of the file
/// must be taken, or be known to have no use here, or match <see cref="Unused"/>. The error names file and tensor. <see cref="ReportFor"/> lists what becomes of each.
/// </para>
/// </remarks>
/// <example><code>
/// var weights = PretrainedWeights.FromSafetensors("resnet50.safetensors") with { Names = [new("backbone.*", "*")] };
/// Console.WriteLine(weights.ReportFor(NetworkArchitecture.ImageNetResNet(50), new ImageShape(224, 224, 3)));
/// </code></example>
public sealed record PretrainedWeights
{
    private PretrainedWeights(string? path, bool isOnnx, string sha256, MadeWeights? made) => (Path, IsOnnx, Sha256, Made) = (path, isOnnx, sha256, made);

    /// <summary>The file; null for weights that <see cref="NeuralNetworkTrainer{TTransformer, TModel}.Pretrain"/> made and that are in memory.</summary>
    public string? Path { get; }

    /// <summary>The SHA-256 of its content, in hexadecimal digits: a file that is changed later is refused.</summary>
    public string Sha256 { get; }

    /// <summary>Rules that rename tensors of the file; of several that match a name the first one counts. A rule that matches none is an error. Default: none.</summary>
    public ValueList<WeightName> Names { get; init; } = [];

    /// <summary>
    /// Tensors of the file, by their names behind <see cref="Names"/>, that may be left out although the library does not know them; <c>*</c> stands for any characters.
    /// A pattern that matches none is an error. Default: none.
    /// </summary>
    public ValueList<string> Unused { get; init; } = [];

    /// <summary>The scale of pixels that the published network expects; networks that read images need it, others have none. Default: null.</summary>
    public PixelScaling? Pixels { get; init; }

    internal bool IsOnnx { get; }

    /// <summary>What pre-training of one's own left; null for published weights.</summary>
    internal MadeWeights? Made { get; }

    /// <summary>Where they are, in messages.</summary>
    internal string Place => Path is null ? "what Pretrain made" : $"'{Path}'";

    /// <summary>The weights in an ONNX file: its initializers.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no ONNX file, is damaged, or has its weights in other files; the message names it.</exception>
    public static PretrainedWeights FromOnnx(string path) => From(path, isOnnx: true);

    /// <summary>The weights in a safetensors file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no safetensors file, or is damaged; the message names it.</exception>
    public static PretrainedWeights FromSafetensors(string path) => From(path, isOnnx: false);

    /// <summary>The tensors of the file, by the names that <see cref="Names"/> applies to, and their shapes.</summary>
    /// <exception cref="InvalidDataException">The file is not what it was.</exception>
    public IReadOnlyList<(string Name, ValueList<long> Shape)> ListTensors()
    {
        using var file = Open();
        return [.. file.Tensors.Select(tensor => (tensor.Name, tensor.Shape))];
    }

    /// <summary>What a network takes of the file, what it leaves, and which of its tensors are new.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="image">The images that it reads; null where it reads none.</param>
    /// <param name="vocabulary">The tokens of its vocabulary, where it reads texts.</param>
    /// <exception cref="InvalidDataException">The weights do not fit the network; the message names file and tensor.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The network reads something else, or a rule or pattern matches nothing.</exception>
    public PretrainedReport ReportFor(NetworkArchitecture architecture, ImageShape? image = null, int vocabulary = 0)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        Validate(context: null);
        var input = Made is { } made ? made.Origin.Filled : image is null ? new InputLayout { Text = new TextInput(architecture.MaxTokens, vocabulary) { KeepsLastToken = architecture.KeepsLastToken } }
            : new InputLayout { Numbers = image.Height * image.Width * image.Channels, Image = image };
        return Match(architecture, input).Report;
    }

    /// <summary>Writes weights that <see cref="NeuralNetworkTrainer{TTransformer, TModel}.Pretrain"/> made as a safetensors file, with the library's own names, the scales, and what keys stand for.</summary>
    /// <param name="path">The file; it is replaced as a whole.</param>
    /// <exception cref="InvalidOperationException">The weights are in a file already.</exception>
    /// <exception cref="IOException">It could not be written; a file that was there is whole.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Made?.Content is not { } content)
            throw new InvalidOperationException($"These weights are in the file {Place} already.");
        AtomicFile.Replace(path, content);
    }

    /// <summary>Weights that pre-training made.</summary>
    /// <param name="weights">Those of all layers but the last.</param>
    /// <param name="origin">What they were trained on.</param>
    internal static PretrainedWeights Of(NetworkWeights weights, PretrainingOrigin origin)
    {
        var content = Safetensors.Write(weights, origin.ToTexts());
        return new PretrainedWeights(path: null, isOnnx: false, Convert.ToHexString(SHA256.HashData(content)), new MadeWeights(origin, content));
    }

    internal void Validate(IExceptionContext? context)
    {
        foreach (var rule in Names)
            rule.Validate(context);
        if (Unused.FirstOrDefault(string.IsNullOrWhiteSpace) is { } blank)
            throw context.ExceptUserArg(nameof(Unused), $"A pattern of Unused must not be blank, but one is '{blank}'.");
        Pixels?.Validate(context);
    }

    /// <summary>The weights of a network with such an input.</summary>
    internal MatchedWeights Match(NetworkArchitecture architecture, InputLayout input)
    {
        using var file = Open();
        if (file.Sha256 != Sha256)
            throw new InvalidDataException($"{Place} has changed since these weights were chosen.");
        return new WeightMatching(this, architecture, input).Match(file.Tensors);
    }

    private static PretrainedWeights From(string path, bool isOnnx)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var file = PublishedFile.Open(path, isOnnx);
        return new PretrainedWeights(path, isOnnx, file.Sha256, file.Origin is { } origin ? new MadeWeights(origin, content: null) : null);
    }

    private PublishedFile Open() => Made?.Content is { } content ? PublishedFile.Open(new MemoryStream(content)) : PublishedFile.Open(Path!, IsOnnx);
}
