using System.Net.Http.Json;
using Microsoft.ML.Regularization;

namespace Augmentations;

/// <summary>
/// Translates through a service that speaks the LibreTranslate protocol, such as one that runs on this machine: a POST of the texts and the two languages
/// to /translate.
/// </summary>
internal sealed class LocalTranslator(Uri service) : ITextTranslator, IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = service };

    public async Task<IReadOnlyList<string>> TranslateAsync(IReadOnlyList<string> texts, string from, string to, CancellationToken cancellationToken)
    {
        var question = new { q = texts, source = from, target = to, format = "text" };
        using var response = await _client.PostAsJsonAsync("translate", question, cancellationToken);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<Answer>(cancellationToken);
        return answer?.TranslatedText ?? throw new InvalidDataException($"{service} answered without translations.");
    }

    public void Dispose() => _client.Dispose();

    private sealed record Answer(string[] TranslatedText);
}
