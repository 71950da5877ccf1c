/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * How people are asked who they are, as copl_form_fold() writes it: no
 * capitals, letters and digits only.  "|" stands between phrases.
 *   anywhere  it is clear wherever it stands in a question
 *   alone     only when the sentence says nothing else, politeness aside
 *   ids       what such a question is called
 * A new language is a block of rows in each of the two tables.
 */
#include "config.h"
#include "form/personal.h"

static const struct copl_personal_words words[] = {
    {"en", COPL_PERSONAL_NAME,
	"what is your name|what s your name|your full name|your first name|"
	"your last name|your family name|your surname|your real name|"
	"your given name|first and last name|what are you called|"
	"name of your parent|name of your guardian|your parent s name|"
	"your guardian s name|your mother s name|your father s name",
	"name|names|your name|full name|first name|last name|surname|"
	"family name|given name|nickname|your nickname",
	"name|names|surname|first_name|firstname|last_name|lastname|"
	"family_name|full_name|fullname|my_name|your_name|nickname"},
    {"en", COPL_PERSONAL_EMAIL,
	"your e mail address|your email address|what is your e mail|"
	"what is your email|your personal e mail|your personal email",
	"e mail|email|your e mail|your email|e mail address|email address|"
	"mail address",
	"email|e_mail|email_address|mail|mail_address"},
    {"en", COPL_PERSONAL_PHONE,
	"your phone number|your telephone number|your mobile number|"
	"your cell number|your whatsapp number|number of your phone|"
	"what is your mobile|number can we call you",
	"phone|telephone|mobile|phone number|telephone number|phone no|"
	"mobile number|your phone|your telephone|your mobile|whatsapp number",
	"phone_number|telephone_number|mobile_number|tel|phone_no|telephone"},
    {"en", COPL_PERSONAL_ADDRESS,
	"your home address|your postal address|"
	"what street do you live|which street do you live|"
	"street and house number|where exactly do you live",
	"address|your address|home address|postal address|street|"
	"street address",
	"address|home_address|postal_address|street"},
    {"en", COPL_PERSONAL_SCHOOL,
	"name of your school|your school s name|name of the school you|"
	"which school do you|what school do you|which school are you|"
	"name of your class|name of your teacher",
	"school|your school|school name|name of school|name of the school",
	"school_name|name_of_school"},
    {"en", COPL_PERSONAL_BIRTH,
	"your date of birth|your birth date|your birthdate|your birthday|"
	"when were you born|day were you born|year were you born|"
	"your year of birth|how old are you|what is your age|"
	"your exact age",
	"date of birth|birth date|birthdate|birthday|year of birth|born|"
	"age|your age",
	"birthday|birthdate|birth_date|date_of_birth|dob|year_of_birth|"
	"born"},
    {"en", COPL_PERSONAL_NUMBER,
	"your id number|your passport number|your identity card|"
	"number of your passport|your national id|your student number|"
	"your social security number",
	"passport|passport number|id number|identity number|national id|"
	"student number|identity card number",
	"passport|id_number|national_id|student_number"},
    {"en", COPL_PERSONAL_ACCOUNT,
	"your user name|your username|your account name|your instagram|"
	"your tiktok|your facebook|your snapchat|your telegram|your discord|"
	"your profile link|link to your profile|what is your handle",
	"user name|username|account name|instagram account|"
	"tiktok account|facebook account|your account|your accounts|"
	"instagram|tiktok|facebook|snapchat",
	"username|user_name|account_name"},

    {"fr", COPL_PERSONAL_NAME,
	"quel est ton nom|quel est votre nom|ton nom de famille|"
	"votre nom de famille|ton prénom|votre prénom|nom et prénom|"
	"prénom et nom|ton nom et|votre nom et|comment t appelles tu|"
	"comment tu t appelles|tu t appelles comment|"
	"comment vous appelez vous|vos nom|nom de tes parents|"
	"nom de ton tuteur",
	"nom|noms|prénom|prénoms|ton nom|votre nom|nom de famille|"
	"nom complet|surnom|ton surnom",
	"nom|prenom|nom_famille|nom_de_famille|mon_nom|ton_nom"},
    {"fr", COPL_PERSONAL_EMAIL,
	"ton adresse e mail|ton adresse mail|ton adresse électronique|"
	"votre adresse e mail|votre adresse mail|"
	"votre adresse électronique|ton courriel|votre courriel|"
	"ton adresse email|votre adresse email",
	"e mail|email|courriel|adresse e mail|adresse mail|adresse email|"
	"adresse électronique|ton e mail|ton email|votre e mail|mail",
	"courriel|adresse_mail|adresse_email"},
    {"fr", COPL_PERSONAL_PHONE,
	"ton numéro de téléphone|votre numéro de téléphone|"
	"ton numéro de portable|votre numéro de portable|"
	"numéro de ton téléphone",
	"téléphone|portable|numéro de téléphone|numéro de portable|"
	"ton téléphone|votre téléphone|ton numéro|tél",
	"telephone|tel|numero_telephone|portable"},
    {"fr", COPL_PERSONAL_ADDRESS,
	"quelle est ton adresse|quelle est votre adresse|dans quelle rue|"
	"où habites tu exactement",
	"adresse|rue|adresse postale|adresse du domicile", "adresse|rue"},
    {"fr", COPL_PERSONAL_SCHOOL,
	"nom de ton école|nom de votre école|nom de ton collège|"
	"nom de ton lycée|nom de ton établissement|"
	"nom de votre établissement|dans quelle école|dans quel collège|"
	"dans quel lycée|quelle école fréquentes tu",
	"école|ton école|votre école|nom de l école|établissement|"
	"nom de l établissement|collège|lycée",
	"nom_ecole|nom_etablissement"},
    {"fr", COPL_PERSONAL_BIRTH,
	"ta date de naissance|votre date de naissance|"
	"ton anniversaire|ton année de naissance|quand es tu né|"
	"quand êtes vous né|en quelle année es tu né|quel âge as tu|"
	"quel âge avez vous|tu as quel âge|ton âge exact|"
	"quel est ton âge|quel est votre âge",
	"date de naissance|année de naissance|anniversaire|né le|née le|"
	"âge|ton âge|votre âge",
	"naissance|date_naissance|date_de_naissance|anniversaire"},
    {"fr", COPL_PERSONAL_NUMBER,
	"ton numéro d identité|votre numéro d identité|"
	"numéro de ton passeport|numéro de votre passeport|"
	"ta carte d identité|votre carte d identité",
	"passeport|numéro de passeport|carte d identité|numéro d élève",
	"passeport|carte_identite"},
    {"fr", COPL_PERSONAL_ACCOUNT,
	"ton nom d utilisateur|votre nom d utilisateur|ton pseudo|"
	"votre pseudo|ton compte instagram|ton compte tiktok|ton instagram|"
	"ton tiktok|ton snapchat|nom de ton compte|lien de ton profil",
	"nom d utilisateur|pseudo|pseudonyme|compte instagram|instagram|"
	"tiktok|snapchat|ton compte",
	"pseudo|nom_utilisateur"},

    {"es", COPL_PERSONAL_NAME,
	"cómo te llamas|cómo se llama usted|cuál es tu nombre|"
	"cuál es su nombre|tu nombre completo|su nombre completo|"
	"tu apellido|tus apellidos|sus apellidos|nombre y apellido|"
	"nombre y apellidos|tu nombre y|nombre de tus padres|"
	"nombre de tu tutor",
	"nombre|nombres|apellido|apellidos|tu nombre|su nombre|"
	"nombre completo|apodo|tu apodo",
	"nombre|apellido|apellidos|mi_nombre|tu_nombre"},
    {"es", COPL_PERSONAL_EMAIL,
	"tu correo electrónico|su correo electrónico|"
	"tu dirección de correo|su dirección de correo|"
	"cuál es tu correo",
	"correo|correo electrónico|e mail|email|tu correo|su correo|"
	"dirección de correo electrónico|tu email|tu e mail",
	"correo|correo_electronico"},
    {"es", COPL_PERSONAL_PHONE,
	"tu número de teléfono|su número de teléfono|"
	"tu número de celular|tu número de móvil|tu número de whatsapp",
	"teléfono|celular|móvil|número de teléfono|tu teléfono|"
	"su teléfono|tu celular|tu móvil|número de celular|tu número",
	"telefono|celular|movil"},
    {"es", COPL_PERSONAL_ADDRESS,
	"cuál es tu dirección|cuál es su dirección|cuál es tu domicilio|"
	"en qué calle vives|dónde vives exactamente",
	"dirección|domicilio|calle|dirección postal",
	"direccion|domicilio|calle"},
    {"es", COPL_PERSONAL_SCHOOL,
	"nombre de tu escuela|nombre de tu colegio|nombre de tu instituto|"
	"nombre de su escuela|cómo se llama tu escuela|"
	"cómo se llama tu colegio|a qué escuela vas|a qué colegio vas|"
	"en qué escuela estudias|en qué colegio estudias",
	"escuela|colegio|tu escuela|tu colegio|instituto|"
	"nombre de la escuela|nombre del colegio",
	"nombre_escuela|nombre_colegio"},
    {"es", COPL_PERSONAL_BIRTH,
	"tu fecha de nacimiento|su fecha de nacimiento|tu cumpleaños|"
	"tu año de nacimiento|cuándo naciste|en qué año naciste|"
	"qué día naciste|cuántos años tienes|cuántos años tiene usted|"
	"cuál es tu edad|tu edad exacta",
	"fecha de nacimiento|año de nacimiento|cumpleaños|edad|tu edad",
	"nacimiento|fecha_nacimiento|fecha_de_nacimiento|cumpleanos"},
    {"es", COPL_PERSONAL_NUMBER,
	"tu número de identidad|tu número de pasaporte|"
	"tu documento de identidad|su documento de identidad|tu dni|"
	"tu cédula|número de tu documento",
	"pasaporte|dni|cédula|documento de identidad|número de pasaporte|"
	"número de identidad",
	"dni|pasaporte|cedula"},
    {"es", COPL_PERSONAL_ACCOUNT,
	"tu nombre de usuario|su nombre de usuario|tu cuenta de instagram|"
	"tu cuenta de tiktok|tu instagram|tu tiktok|nombre de tu cuenta|"
	"enlace de tu perfil",
	"nombre de usuario|usuario|cuenta de instagram|instagram|tiktok|"
	"tu cuenta|tu usuario",
	"usuario|nombre_usuario"},

    {"ru", COPL_PERSONAL_NAME,
	"как тебя зовут|как вас зовут|твоё имя и|твое имя и|"
	"ваше имя и|твоя фамилия|ваша фамилия|твою фамилию|вашу фамилию|"
	"имя и фамилия|имя и фамилию|фамилия и имя|фамилию и имя|"
	"полное имя|имя твоих родителей|как зовут твоих родителей|"
	"какое у тебя имя",
	"имя|фамилия|фамилию|отчество|фио|твоё имя|твое имя|ваше имя|"
	"прозвище|твоё прозвище",
	"imya|familiya|fio"},
    {"ru", COPL_PERSONAL_EMAIL,
	"твой адрес электронной почты|ваш адрес электронной почты|"
	"твоя электронная почта|ваша электронная почта|"
	"твою электронную почту|адрес твоей электронной почты|"
	"адрес вашей электронной почты|твой e mail|ваш e mail|твой email|"
	"ваш email",
	"почта|e mail|email|электронная почта|электронную почту|"
	"адрес электронной почты|эл почта",
	"pochta"},
    {"ru", COPL_PERSONAL_PHONE,
	"твой номер телефона|ваш номер телефона|номер твоего телефона|"
	"номер вашего телефона|твой мобильный номер|какой у тебя номер",
	"телефон|номер телефона|мобильный телефон|твой телефон|"
	"ваш телефон|мобильный|твой номер",
	"telefon|nomer_telefona"},
    {"ru", COPL_PERSONAL_ADDRESS,
	"твой домашний адрес|ваш домашний адрес|какой у тебя адрес|"
	"на какой улице ты живёшь|на какой улице ты живешь|"
	"на какой улице вы живёте",
	"адрес|домашний адрес|почтовый адрес|улица|улица и дом",
	"adres|ulitsa"},
    {"ru", COPL_PERSONAL_SCHOOL,
	"название твоей школы|название вашей школы|номер твоей школы|"
	"номер вашей школы|в какой школе ты|в какой школе вы|"
	"как называется твоя школа|в какую школу ты ходишь|"
	"имя твоего учителя",
	"школа|твоя школа|ваша школа|номер школы|название школы",
	"nomer_shkoly"},
    {"ru", COPL_PERSONAL_BIRTH,
	"твоя дата рождения|ваша дата рождения|твою дату рождения|"
	"дату твоего рождения|когда ты родился|когда ты родилась|"
	"твой день рождения|в каком году ты родил|сколько тебе лет|"
	"сколько вам лет|твой возраст|ваш точный возраст|"
	"когда у тебя день рождения",
	"дата рождения|дату рождения|год рождения|день рождения|возраст",
	"data_rozhdeniya|vozrast"},
    {"ru", COPL_PERSONAL_NUMBER,
	"номер твоего паспорта|номер вашего паспорта|"
	"твои паспортные данные|ваши паспортные данные|твой снилс|"
	"номер твоего документа",
	"паспорт|номер паспорта|паспортные данные|снилс|инн", "pasport|snils"},
    {"ru", COPL_PERSONAL_ACCOUNT,
	"твой логин|ваш логин|твой никнейм|твой аккаунт|ваш аккаунт|"
	"твоя страница вконтакте|ссылка на твой профиль|"
	"ссылку на твой профиль|твой ник|имя твоего аккаунта",
	"логин|ник|никнейм|аккаунт|имя пользователя|телеграм|вконтакте",
	"login|nik"},

    {"ar", COPL_PERSONAL_NAME,
	"ما اسمك|ما هو اسمك|اسمك الكامل|اسمك الأول|اسمك الحقيقي|"
	"اسم عائلتك|لقبك العائلي|اسمك ولقبك|اسم والدك|اسم والدتك|"
	"اسم ولي أمرك",
	"اسم|الاسم|اسمك|الاسم الكامل|الاسم الأول|اللقب|اسم العائلة|لقبك|"
	"الاسم واللقب",
	"ism|laqab"},
    {"ar", COPL_PERSONAL_EMAIL,
	"عنوان بريدك الإلكتروني|عنوان بريدك|ما بريدك الإلكتروني|"
	"ما هو بريدك الإلكتروني|عنوانك الإلكتروني",
	"البريد الإلكتروني|بريدك الإلكتروني|بريد إلكتروني|بريدك|الإيميل|"
	"إيميلك|عنوان البريد الإلكتروني",
	"barid"},
    {"ar", COPL_PERSONAL_PHONE,
	"رقم هاتفك|رقم جوالك|رقم موبايلك|رقم هاتفك المحمول",
	"الهاتف|هاتفك|رقم الهاتف|رقم الجوال|الجوال|رقمك", "hatif|raqm_hatif"},
    {"ar", COPL_PERSONAL_ADDRESS,
	"ما عنوانك|ما هو عنوانك|عنوان منزلك|عنوان بيتك|عنوان سكنك|"
	"في أي شارع تسكن|في أي شارع تعيش",
	"العنوان|عنوانك|عنوان المنزل|الشارع|عنوان السكن", "unwan"},
    {"ar", COPL_PERSONAL_SCHOOL,
	"اسم مدرستك|ما مدرستك|في أي مدرسة تدرس|في أي مدرسة أنت|"
	"ما هي مدرستك|اسم معلمك|اسم معلمتك",
	"المدرسة|مدرستك|اسم المدرسة", "ism_madrasa"},
    {"ar", COPL_PERSONAL_BIRTH,
	"تاريخ ميلادك|تاريخ ولادتك|متى ولدت|سنة ميلادك|يوم ميلادك|"
	"كم عمرك|ما عمرك|ما هو عمرك|في أي سنة ولدت|عيد ميلادك",
	"تاريخ الميلاد|تاريخ الولادة|سنة الميلاد|العمر|عمرك|السن",
	"tarikh_milad"},
    {"ar", COPL_PERSONAL_NUMBER,
	"رقم هويتك|رقم جواز سفرك|رقم بطاقتك|رقمك الوطني|رقم بطاقة هويتك",
	"رقم الهوية|رقم جواز السفر|الرقم الوطني|جواز السفر", "raqm_hawiya"},
    {"ar", COPL_PERSONAL_ACCOUNT,
	"اسم المستخدم الخاص بك|اسم حسابك|حسابك على إنستغرام|"
	"حسابك على تيك توك|حسابك على فيسبوك|رابط حسابك|رابط صفحتك",
	"اسم المستخدم|حسابك|اسم الحساب|إنستغرام|تيك توك", "ism_hisab"},

    {"zh", COPL_PERSONAL_NAME,
	"你叫什么名字|您叫什么名字|填写你的姓名|写下你的姓名|"
	"填写您的姓名|你的真实姓名|父母的姓名|监护人的姓名|监护人姓名|"
	"家长姓名",
	"姓名|名字|真实姓名|昵称|全名|姓", "xingming|mingzi"},
    {"zh", COPL_PERSONAL_EMAIL,
	"留下你的邮箱|填写你的邮箱|留下你的电子邮|填写你的电子邮|"
	"填写您的电子邮",
	"邮箱|电子邮箱|电子邮件|电子邮件地址|邮件地址", "youxiang"},
    {"zh", COPL_PERSONAL_PHONE,
	"留下你的手机号|填写你的手机号|留下你的电话|填写你的电话|"
	"填写您的电话|留下你的联系方式",
	"电话|手机|手机号|手机号码|电话号码|联系电话|联系方式",
	"dianhua|shoujihao"},
    {"zh", COPL_PERSONAL_ADDRESS,
	"填写你的家庭住址|填写你的住址|填写你的地址|你住在哪条街|"
	"你家的地址是",
	"地址|住址|家庭住址|家庭地址|通信地址", "dizhi|zhuzhi"},
    {"zh", COPL_PERSONAL_SCHOOL,
	"你的学校名称|你学校的名称|你学校的名字|学校叫什么|"
	"你在哪所学校|你在哪个学校|你在哪个班|你就读于哪所|"
	"你上哪所学校|您就读的学校",
	"学校|学校名称|学校名字|班级|就读学校|所在学校", "xuexiao"},
    {"zh", COPL_PERSONAL_BIRTH,
	"你几岁|你多大|您几岁|你今年几岁|你哪年出生|你是哪一年出生|"
	"你什么时候出生|填写你的生日|填写你的出生",
	"生日|出生日期|出生年月|出生年份|年龄|岁数", "shengri|chushengriqi"},
    {"zh", COPL_PERSONAL_NUMBER, "填写你的身份证|填写你的护照|填写你的学号",
	"身份证|身份证号|身份证号码|护照号|护照号码|学号", "shenfenzheng"},
    {"zh", COPL_PERSONAL_ACCOUNT,
	"填写你的微信|留下你的微信|填写你的账号|填写你的用户名",
	"微信|微信号|qq|qq号|账号|用户名|抖音号", "weixin|qq"},
};

static const struct copl_personal_manners manners[] = {
    {"en",
	"not|don t|doesn t|never|without|no names|no name|no personal|"
	"nobody|cannot|in your name|your name for|under your name|"
	"using your name|someone|somebody|anyone|anybody|stranger|strangers|"
	"other people|protect|hide|hacked|stolen",
	"please|share|write|type|enter|give|tell|us|what|is|s|are|add|leave|"
	"and|"
	"state|fill|in|also|here|the|or|a|your|of|child|number|pupil|"
	"participant|respondent|my|below|optional"},
    {"fr",
	"ne|n|pas|sans|jamais|aucun|aucune|en ton nom|à ton nom|"
	"en votre nom|à votre nom|quelqu un|inconnu|inconnus|protéger|"
	"protèges|cacher|publie|publié|piraté",
	"s|il|te|vous|plaît|plait|écris|écrivez|indique|indiquez|donne|"
	"donnez|nous|quel|quelle|est|et|ou|ici|ton|ta|votre|le|la|l|"
	"saisis|saisissez|entre|entrez|merci|d|indiquer|facultatif|svp|stp"},
    {"es",
	"no|sin|nunca|ningún|ninguna|en tu nombre|a tu nombre|"
	"en su nombre|alguien|desconocidos|desconocido|proteger|proteges|"
	"publica|publican|otras personas",
	"por|favor|escribe|escriba|indica|indique|danos|dinos|cuál|es|tu|"
	"su|y|o|aquí|el|la|introduce|introduzca|pon|ponga|opcional"},
    {"ru",
	"не|без|нельзя|никогда|ни|от твоего имени|кто то|кто нибудь|"
	"незнакомец|незнакомцы|защитить|защищаешь|взломали|взломают|"
	"другие люди",
	"пожалуйста|напиши|напишите|укажи|укажите|введи|введите|и|или|"
	"здесь|какой|какая|какое|твой|твоя|твоё|твое|твою|ваш|ваша|ваше|"
	"вашу|участника|ребёнка|ребенка|необязательно|полностью"},
    {"ar",
	"لا|بدون|دون|لن|ليس|لم|غير|باسمك|شخص ما|أحدهم|أحد|الغرباء|حماية|"
	"تحمي|نشر",
	"من|فضلك|اكتب|اكتبي|أدخل|أدخلي|ما|هو|هي|هنا|رجاء|يرجى|كتابة|"
	"إدخال|أو|و|لنا|اذكر|اختياري"},
    {"zh", "不|勿|别|無|无需|没有|以你的名|有人|陌生人|公开|泄露|保护|盗用",
	"请|填写|输入|写下|写|你|您|的|是|什么|吗|留下|在此|这里|和|与|或|"
	"及|选填|告诉|我们|多少|哪天"},
};

const struct copl_personal_words *copl_personal_words(size_t i)
{
	return i < COPL_COUNT(words) ? &words[i] : NULL;
}

const struct copl_personal_manners *copl_personal_manners(size_t i)
{
	return i < COPL_COUNT(manners) ? &manners[i] : NULL;
}
